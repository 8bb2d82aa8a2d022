# ---
# title: The shift laboratory
# description: A classifier of handwritten digits meets label shift, covariate shift, concept shift and a faded scan. Detect, correct, measure.
# ---

# %% [markdown]
# # The shift laboratory
#
# **One classifier of handwritten digits, five targets. Each time: does anything differ, what is it, can it be corrected
# without new labels, and how does one know that the correction can be believed? Twice it can. Twice it can't, and the
# laboratory says how to tell.**
#
# Every run repeats to the last digit shown. Change a number and run the notebook again.
#
# The data are the 1797 digits of 8 × 8 pixels that scikit-learn ships: 500 train a classifier, 600 more are labelled and
# held out (the **source**), the other 697 stand for the place where the classifier is used. Their labels are kept from all
# methods, and only serve to mark them in the end.

# %% name="a-classifier-and-its-scores" needs="scikit-learn"
import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from reference_impl import shift

images, digits = load_digits(return_X_y=True)
images = images / 16
order = np.random.default_rng(0).permutation(len(digits))
train, held_out, elsewhere = order[:500], order[500:1100], order[1100:]
classifier = LogisticRegression(C=0.1, max_iter=2000).fit(images[train], digits[train])


def scores_of(images):
    return torch.tensor(classifier.predict_proba(images))


def accuracy(scores, digits):
    right = scores.argmax(dim=1) == torch.tensor(digits)
    return round(right.double().mean().item(), 3)


source, labels = scores_of(images[held_out]), torch.tensor(digits[held_out])
print("right on the held-out source:", accuracy(source, digits[held_out]))
assert accuracy(source, digits[held_out]) == 0.918

# %% [markdown]
# ## Nothing changed
#
# A detector that always rings is worthless, so the first target is more of the same. Two tests look at it: one compares
# the classifier's *scores*, class by class, and one the *images* themselves.

# %% name="no-shift-no-alarm"
scores_test = shift.black_box_shift_test(source, scores_of(images[elsewhere]))
image_test = shift.mmd_test(torch.tensor(images[held_out]), torch.tensor(images[elsewhere]))
print(scores_test)
print(image_test)
assert [round(test.p_value, 2) for test in (scores_test, image_test)] == [0.51, 0.47]

# %% [markdown]
# Both p-values are far from small: no alarm.
#
# ## Label shift: half of all digits are eights
#
# Somebody sorts invoices of one customer, whose number is full of eights. Eights look as they always did.

# %% name="half-are-eights"
eights = elsewhere[digits[elsewhere] == 8]
others = elsewhere[digits[elsewhere] != 8][: len(eights)]
invoices = np.concatenate([eights, others])
target = scores_of(images[invoices])
print(shift.black_box_shift_test(source, target))
print("right:", accuracy(target, digits[invoices]))
assert round(shift.black_box_shift_test(source, target).statistic, 3) == 0.384
assert accuracy(target, digits[invoices]) == 0.867

# %% [markdown]
# The alarm rings. If it is label shift, the shares of the digits can be computed from the scores alone. `MLLS` calibrates
# the scores on the held-out labels, maximises the likelihood of the target over the shares, and says how sure it is:

# %% name="shares-of-the-digits"
estimate = shift.MLLS().fit(source, labels).estimate(target)
low, high = estimate.interval(level=0.95, of="prior")
truth = np.bincount(digits[invoices], minlength=10) / len(invoices)
ends = zip(low.tolist(), truth.tolist(), high.tolist(), strict=True)
inside = sum(least <= share <= most for least, share, most in ends)
eights_found = [round(x[8].item(), 3) for x in (low, estimate.prior, high)]
print("eights:", eights_found, "truth", truth[8])
print("intervals that hold the truth:", inside, "of 10")
corrected = estimate.correct(target)
print("right after the correction:", accuracy(corrected, digits[invoices]))
assert eights_found == [0.388, 0.487, 0.587]
assert (inside, truth[8], accuracy(corrected, digits[invoices])) == (10, 0.5, 0.93)

# %% name="shares-drawn" needs="matplotlib" alt="Shares of the ten digits. In the source all are near one tenth. The estimates for the target with their 95 % intervals: half for the eight, about one twentieth for the others. Crosses, the truth, lie within all ten intervals."
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
middle = estimate.prior.tolist()
errors = [(estimate.prior - low).tolist(), (high - estimate.prior).tolist()]
in_source = np.bincount(digits[held_out], minlength=10) / 600
axes.bar(range(10), in_source, color="C0", alpha=0.35, label="source")
axes.errorbar(range(10), middle, errors, fmt="C1o", capsize=3, label="estimate, 95 %")
axes.plot(range(10), truth.tolist(), "kx", label="truth")
axes.set(xlabel="digit", ylabel="share", xticks=range(10))
axes.legend(frameon=False)
assert middle.index(max(middle)) == 8

# %% [markdown]
# From 87 % to 93 % right: the classifier now knows that an eight is the likelier guess. No label of an invoice was used.
#
# ## Covariate shift: top-heavy writing
#
# At the next place people write with most of the ink in the upper half. Which digit an image shows doesn't depend on where
# it was taken: only the images are drawn differently.

# %% name="top-heavy-writing"
halves = images.reshape(-1, 2, 32).sum(axis=2)
top = halves[:, 0] / halves.sum(axis=1)  # share of the ink in the upper half
likely = np.exp(10 * top[elsewhere])
drawn = np.random.default_rng(1).choice(elsewhere, 600, p=likely / likely.sum())
target = scores_of(images[drawn])
print("right:", accuracy(target, digits[drawn]))
print(shift.black_box_shift_test(source, target))
assert accuracy(target, digits[drawn]) == 0.873
assert round(shift.black_box_shift_test(source, target).statistic, 3) == 0.238

# %% [markdown]
# No labels from there, so the 13 % of mistakes can't be seen. They can be *estimated*: weigh each held-out image by how much more
# frequent its kind is over there, and average its mistakes.

# %% name="mistakes-without-labels"
source_top, target_top = (torch.tensor(top[rows])[:, None] for rows in (held_out, drawn))
ratio = shift.CovariateRatio().fit(source_top, target_top)
weights = ratio.weights()
print(ratio.report())
mistakes = (source.argmax(dim=1) != labels).double()
risk = shift.doubly_robust_risk(mistakes, weights, source_top, target_top)
print("mistakes on the source:    ", round(mistakes.mean().item(), 3))
print("estimated for the target:  ", risk)
print("truth:                     ", round(1 - accuracy(target, digits[drawn]), 3))
found = (mistakes.mean().item(), risk.estimate, *risk.interval(0.95))
assert [round(x, 2) for x in found] == [0.08, 0.13, 0.09, 0.18]
assert round(ratio.report().share, 2) == 0.45

# %% name="ink-drawn" needs="matplotlib" alt="Histograms of the share of ink in the upper half. The source peaks at one half, the target further right, near 0.57. The source with weights follows the outline of the target."
figure, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
bins = np.linspace(0.25, 0.8, 23)
flat, weighing = source_top[:, 0].tolist(), weights.tolist()
shown = {"density": True, "histtype": "step"}
axes.hist(flat, bins, density=True, color="C0", alpha=0.35, label="source")
axes.hist(flat, bins, weights=weighing, color="C1", label="source, weighted", **shown)
axes.hist(target_top[:, 0].tolist(), bins, color="black", linestyle=":", label="target", **shown)
axes.set(xlabel="share of the ink in the upper half", ylabel="density")
axes.legend(frameon=False)
means = [x.mean().item() for x in (source_top, target_top)] + [
    (weights @ source_top).item() / weights.sum().item()
]
assert [round(mean, 2) for mean in means] == [0.51, 0.59, 0.59]

# %% [markdown]
# The estimate says 13 to 14 % mistakes, not the 8 % of the source, and its interval holds the truth. The report says what it rests
# on: 600 images are worth 269.

# %% [markdown]
# ## Know when not to: a faded scan
#
# The lamp of the scanner gets weak: every pixel has 60 % of its brightness. No digit became rarer, and every image is one
# that the source never contained. Label-shift methods answer all the same:

# %% name="a-faded-scan"
faded = 0.6 * images[elsewhere]
target = scores_of(faded)
print(shift.black_box_shift_test(source, target))
estimate = shift.MLLS().fit(source, labels).estimate(target)
truth = np.bincount(digits[elsewhere], minlength=10) / len(elsewhere)
low, high = estimate.interval(level=0.95, of="prior")
eights_found = [round(x[8].item(), 3) for x in (low, estimate.prior, high)]
print("eights:", eights_found, "truth", round(truth[8], 3))
before = accuracy(target, digits[elsewhere])
after = accuracy(estimate.correct(target), digits[elsewhere])
print("right before and after:", before, after)
assert eights_found == [0.01, 0.045, 0.079]
assert (round(truth[8], 3), before, after) == (0.092, 0.918, 0.907)

# %% [markdown]
# Half of the eights seem to be gone, with an interval that excludes the truth, and the correction makes things worse. Two
# checks would have said so.
#
# **First: does the correction explain what is seen?** Under label shift, the source with each image weighted by its digit's
# weight *is* the target. So draw images from the source by these weights, and measure the distance that is left.

# %% name="what-a-correction-leaves"


def distances(target_images):
    """Squared mean discrepancy of images, before and after weighting the digits."""
    found = shift.MLLS().fit(source, labels).estimate(scores_of(target_images))
    weights = found.weights.cpu().numpy()[digits[held_out]]
    again = np.random.default_rng(0).choice(held_out, 600, p=weights / weights.sum())
    target = torch.tensor(target_images)
    return [
        round(shift.mmd_test(torch.tensor(images[rows]), target, width=3.0, permutations=1).statistic, 3)
        + 0.0
        for rows in (held_out, again)
    ]


left = {"invoices": distances(images[invoices]), "faded": distances(faded)}
print(left)
assert left == {"invoices": [0.015, 0.001], "faded": [0.141, 0.135]}

# %% [markdown]
# Of the invoices next to nothing is left: label shift explains them. Of the faded scan nearly everything is left: whatever
# happened, it wasn't that.
#
# **Second: is there anything to weigh?** A covariate ratio needs source images like those of the target. There are none, and
# the estimator says so instead of returning numbers:

# %% name="nothing-to-weigh"
try:
    shift.CovariateRatio().fit(torch.tensor(images[held_out]), torch.tensor(faded))
except ValueError as error:
    print(error)
    assert "supports look disjoint" in str(error)
else:
    raise AssertionError("a ratio was made up")

# %% [markdown]
# The remedy is neither: multiply the pixels by 1/0.6, or repair the lamp.
#
# ## Concept shift: threes become eights
#
# A new rule: what was filed as a 3 is now filed as an 8, and the other way round. No image changed. Labels keep coming, ten at
# a time; the rule changes after 650 images.

# %% name="the-rule-changes"
known = np.concatenate([held_out, elsewhere])
stream = np.random.default_rng(1).permutation(known)
new_rule = np.array([0, 1, 2, 8, 4, 5, 6, 7, 3, 9])
filed = digits[stream].copy()
filed[650:] = new_rule[filed[650:]]
inputs, outputs = torch.tensor(images[stream]), torch.tensor(filed)
frozen = (torch.tensor(classifier.predict(images[stream])) != outputs).double()


def zero_one(scores, labels):
    return (scores.argmax(dim=1) != labels).double()


network = torch.nn.Linear(64, 10).double()
with torch.no_grad():
    network.weight.copy_(torch.tensor(classifier.coef_))
    network.bias.copy_(torch.tensor(classifier.intercept_))
rule = torch.optim.SGD(network.parameters(), lr=0.2)
loss = torch.nn.functional.cross_entropy
trainer = shift.ContinualTrainer(network, loss, rule, steps=3)
run = shift.prequential_evaluation(
    trainer,
    inputs,
    outputs,
    loss=zero_one,
    batch=10,
)
detectors = {
    "DDM": shift.DDM(),
    "Page–Hinkley": shift.PageHinkley(0.02, threshold=15),
    "ADWIN": shift.ADWIN(),
}
alarms = {name: detector.detect(frozen)[0] for name, detector in detectors.items()}

updated = torch.cat([frozen[: len(frozen) - len(run.losses)], run.losses])
mistakes = {}
for name, losses in (("frozen", frozen), ("updated", updated)):
    parts = (losses[:650], losses[650:850], losses[1000:])
    mistakes[name] = [round(part.mean().item(), 2) for part in parts]
    print(name, mistakes[name])
print("first alarms:", alarms)
assert mistakes == {"frozen": [0.07, 0.21, 0.25], "updated": [0.09, 0.2, 0.11]}
assert alarms == {"DDM": 691, "Page–Hinkley": 756, "ADWIN": 895}

# %% name="errors-drawn" needs="matplotlib" alt="Share of mistakes among the last hundred images. Both curves stay below a tenth until image 650, then rise to about a quarter. The frozen classifier stays there. The updated one is back at a tenth some 500 images later. Three triangles at 691, 756 and 895 mark the alarms."
figure, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
for losses, style, name, place in (
    (frozen, "C1--", "frozen", (1080, 0.33)),
    (updated, "C0-", "updated", (960, 0.14)),
):
    window = losses.unfold(0, 100, 1).mean(dim=1)
    axes.plot(range(99, 99 + len(window)), window.tolist(), style)
    axes.text(*place, name, color=style[:2])
axes.axvline(650, color="black", linewidth=0.8, linestyle=":")
axes.text(655, 0.38, "new rule")
for name, alarm in alarms.items():
    axes.plot(alarm, 0.008, "k^", markersize=7)
    axes.text(alarm, 0.025, name, rotation=90, fontsize=8, ha="center")
axes.set(xlabel="images seen", ylabel="mistakes, last 100", ylim=(0, 0.42))
assert len(window) == len(updated) - 99

# %% [markdown]
# The updated network forgets the old rule within some 450 labels. It paid before: nine mistakes in a hundred instead of
# seven, because it keeps listening to the last ten labels. The detectors watch the frozen classifier and ring after 41, 106 and 245
# images. Had one been asked, the classifier could have stayed as good as it was until then.
#
# ## What to take along
#
# 1. Test before you correct, and test the test on data without a shift.
# 2. Label shift: counts are enough, if the classifier's mistakes are known. Calibrate first.
# 3. Covariate shift: weights say what the error will be. Read the report: how many examples are they worth?
# 4. After a correction, measure what is left. If much is, it was another shift.
# 5. An estimator that refuses is worth more than one that answers.
# 6. If labels change their meaning, get labels.
#
# The methods: [Mismatch and covariate shift](../chapters/cov.md), [Label shift and concept shift](../chapters/lab.md).
