"""How the site is built around MkDocs: hooks, generated pages, steps on the finished HTML and the theme."""
