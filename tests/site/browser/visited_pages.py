"""The three kinds of page that the browser checks look at."""

HOME, CHAPTER, REFERENCE = "", "chapters/adam/", "reference/init/"
