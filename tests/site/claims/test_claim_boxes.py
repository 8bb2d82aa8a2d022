"""Boxes of a page: where each begins and ends."""

from sitebuild.pages.boxes import Box, boxes, innermost

PAGE = """\
# A page

!!! holds "The statement"
    Some text.

    ```python { #one }
    first = 1
    ```

    ??? note
        ```python { #two }
        second = 2
        ```

Text.

````markdown
!!! wrong "Shown, not meant"
    Text.

```python
third = 3
```
````

1. A list:

    !!! holds-if "Inside \"a\" list"
        Text.

    More of the item.

???+ open "Last"
    Text.
~~~text
!!! holds "In another fence"
~~~
!!! plain
"""


def test_boxes_are_found_with_their_extent() -> None:
    """Nested in boxes and lists, folded or not, with or without a title; never in a fence."""
    assert boxes(PAGE) == [
        Box("holds", "The statement", folded=False, line=3, end=13),
        Box("note", "", folded=True, line=10, end=13),
        Box("holds-if", 'Inside "a" list', folded=False, line=28, end=29),
        Box("open", "Last", folded=True, line=33, end=34),
        Box("plain", "", folded=False, line=38, end=38),
    ]


def test_the_innermost_box_counts() -> None:
    """A block in a box in a box belongs to the inner one."""
    found = boxes(PAGE)
    kinds = {line: box.kind for line in range(1, 39) if (box := innermost(found, line))}
    assert kinds[7] == "holds"
    assert kinds[12] == "note"
    assert 15 not in kinds
    assert 18 not in kinds
