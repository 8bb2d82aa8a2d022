"""The calculators of the site: forms made at build time, answers computed in the page by the package itself."""
