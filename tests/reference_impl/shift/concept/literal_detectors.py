"""The detectors as their papers write them, value by value, with nothing but Python's numbers.

They are slow on purpose: what makes ours fast must not change a single alarm.
"""

import math


class LiteralPageHinkley:
    """Page 1954 and Hinkley 1971: m_t is the sum of x_i - mean_i - delta; alarm where m_t - min m > threshold."""

    def __init__(self, delta, threshold, direction):
        self.delta, self.threshold = delta, threshold
        self.signs = {"up": [1], "down": [-1], "both": [1, -1]}[direction]
        self.values, self.recent = [], []

    def update(self, value):
        self.values.append(value)
        for sign in self.signs:
            sums = self.sums([sign * x for x in self.values])
            if sums[-1] - min(sums) > self.threshold:
                self.recent.append(len(self.values) - sums.index(min(sums)))
                self.values = []
                return True
        return False

    def sums(self, values):
        total, found = 0.0, [0.0]
        for step, x in enumerate(values, 1):
            total += x
            found.append(found[-1] + (x - total / step - self.delta))
        return found


class LiteralDDM:
    """Gama et al. 2004, section 3, with a count of errors; a level is reached only above the lowest one."""

    def __init__(self, warning, drift, minimum_steps):
        self.warning, self.drift, self.minimum_steps = warning, drift, minimum_steps
        self.recent = []
        self.restart()

    def restart(self):
        self.steps = self.errors = self.warned = 0
        self.p_min = self.s_min = math.inf

    def update(self, value):
        self.steps += 1
        self.errors += value
        if self.steps < self.minimum_steps:
            return False
        p = self.errors / self.steps
        s = math.sqrt(p * (1 - p) / self.steps)
        if p + s < self.p_min + self.s_min:
            self.p_min, self.s_min = p, s
        rose = p + s > self.p_min + self.s_min
        self.warned = self.warned + 1 if rose and p + s >= self.p_min + self.warning * self.s_min else 0
        if rose and p + s >= self.p_min + self.drift * self.s_min:
            self.recent.append(self.warned)
            self.restart()
            return True
        return False


class LiteralADWIN:
    """Bifet and Gavaldà 2007, ADWIN2: figure 1 with the buckets of section 4 and the bound of section 3.

    Each row holds buckets of one size, the newest first, as (values, sum, sum of squares).
    """

    def __init__(self, delta, clock, buckets, minimum_part):
        self.delta, self.clock, self.buckets, self.minimum_part = delta, clock, buckets, minimum_part
        self.rows, self.steps, self.recent = [[]], 0, []

    def update(self, value):
        self.insert(value)
        self.steps += 1
        raised = False
        while self.steps % self.clock == 0 and self.must_cut():
            raised = True
            while not self.rows[-1]:
                self.rows.pop()
            self.rows[-1].pop()
        if raised:
            self.recent.append(self.window()[1])
        return raised

    def insert(self, value):
        self.rows[0].insert(0, (1, value, value * value))
        for number, row in enumerate(self.rows):
            if len(row) > self.buckets:
                if number + 1 == len(self.rows):
                    self.rows.append([])
                oldest, second = row.pop(), row.pop()
                self.rows[number + 1].insert(0, tuple(a + b for a, b in zip(oldest, second, strict=True)))

    def window(self):
        every = [bucket for row in self.rows for bucket in row]
        return every, *(sum(bucket[part] for bucket in every) for part in range(3))

    def variance(self):
        _, n, total, squares = self.window()
        return squares / n - (total / n) ** 2

    def must_cut(self):
        every, n, total, _ = self.window()
        if n < 2:
            return False
        variance, n_1, newer = self.variance(), 0, 0.0
        for size, part, _ in every:
            n_1, newer = n_1 + size, newer + part
            n_0 = n - n_1
            if min(n_0, n_1) < self.minimum_part:
                continue
            m = 1 / (1 / n_0 + 1 / n_1)
            delta = self.delta / math.log(n)
            cut = math.sqrt(2 / m * max(0.0, variance) * math.log(2 / delta)) + 2 / (3 * m) * math.log(
                2 / delta
            )
            if abs((total - newer) / n_0 - newer / n_1) > cut:
                return True
        return False
