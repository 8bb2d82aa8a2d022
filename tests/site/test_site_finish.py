"""What is written into the built pages beside the stamps."""

from sitebuild.finish import bind_percent, name_verdicts, show_agreement

BOX = '<div class="admonition {kind}">\n<p class="admonition-title">Adam is RMSProp</p></div>'
HEADING = '<h3 id="reference_impl.functional.relu" class="doc doc-heading">\n  relu</h3><p>next</p>'
MEASURED = {
    "reference_impl.functional.relu": {
        "made": {"date": "2026-11-20T10:00:00", "torch": "2.13.0+cpu"},
        "oracle": "torch.relu",
        "float64": {"forward": 0.0, "gradient": 2.34e-16, "configurations": 70},
        "float32": {"forward": 1e-7, "configurations": 50},
    },
}


def test_the_verdict_of_a_box_is_a_word() -> None:
    for kind, word in {"holds": "Holds", "holds-if": "Holds if …", "wrong": "Wrong"}.items():
        assert f'<span class="claim-verdict">{word}</span> Adam' in name_verdicts(BOX.format(kind=kind))
    assert name_verdicts(BOX.format(kind="note")) == BOX.format(kind="note")


def test_the_largest_difference_stands_behind_the_heading() -> None:
    html = show_agreement(HEADING, MEASURED)
    assert html.startswith(HEADING.split("<p>")[0] + '<p class="dc-agreement"')
    assert "<code>torch.relu</code>: in float64, of results 0 and of gradients 2.3e-16" in html
    assert "in float32, of results 1.0e-07; over 70 drawn configurations (torch 2.13.0, 2026-11-20)" in html
    assert html.endswith("<p>next</p>")


def test_an_optimizer_tells_of_steps_of_fifty_steps_and_of_its_paper() -> None:
    figures = {"step": 1e-15, "50 steps": 2e-15, "paper": 3e-15, "configurations": 100}
    about = MEASURED["reference_impl.functional.relu"] | {"float64": figures}
    html = show_agreement(HEADING, {"reference_impl.functional.relu": about})
    assert (
        "of a step 1.0e-15 and after 50 steps of a network 2.0e-15 and of the paper's variant from its"
        in html
    )


def test_a_definition_that_was_not_compared_has_no_such_line() -> None:
    other = HEADING.replace("relu", "other")
    assert show_agreement(other, MEASURED) == other


def test_a_percent_sign_stays_with_its_number_but_not_in_code() -> None:
    html = (
        '<p title="5 % > 4 % more">From 87 % to <b>93</b> % <code>7 % 4</code>, 8 %</p>'
        "<pre><code>a = 7 % 4</code> 9 % 2</pre>1 %"
    )
    bound = bind_percent(html)
    assert bound.replace("\u00a0", " ") == html
    assert (
        'title="5 % > 4 % more">From 87\u00a0% to' in bound
        and "8\u00a0%</p>" in bound
        and bound.endswith("1\u00a0%")
    )
    assert "<code>7 % 4</code>" in bound and "<pre><code>a = 7 % 4</code> 9 % 2</pre>" in bound
