"""The kinds of page that the browser checks look at."""

HOME, CHAPTER, REFERENCE = "", "chapters/adam/", "reference/functional/activations/"
FOLDER = "reference/optim/"
