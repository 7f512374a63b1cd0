"""Where each rule begins: as low as a budget of false alarms lets all of them, the ones that are found least first."""

import numpy as np

from rows import HARMLESS, RULES

BLOCKING = {"PENALTY": 2.2, "OVERRIDE": 2.2}
# What is to be found of each rule. A rule that is found less than that, and a tenth, gains more by a lower limit.
GOALS = np.array([0.95 if rule in BLOCKING else 0.8 for rule in RULES])
MOST = 2


class Rule:
    """The sentences in the order in which one rule's limit meets them, and what it gains and costs to go so far."""

    def __init__(self, leans, labels, counts, rule):
        broken, harmless = labels == rule, labels == HARMLESS
        some = broken | harmless
        order = np.argsort(-leans[some, rule], kind="stable")
        self.own = leans[some, rule][order]
        self.gain = np.cumsum((counts * broken)[some][order]) / max(counts[broken].sum(), 1.0) / len(RULES)
        self.cost = np.cumsum((counts * harmless)[some][order]) / counts[harmless].sum()

    def limit(self, worth, price):
        """The limit that gains the most, at this price of a harmless sentence."""
        gained = worth * self.gain - price * self.cost
        best = int(np.argmax(gained[:-1]))
        return (self.own[best] + self.own[best + 1]) / 2 if gained[best] > 0 else self.own[0] + 1


def at_budget(rules, harmless, counts, budget, worths):
    """The limits that gain the most, with false alarms on at most `budget` of the harmless sentences."""
    low, high = 0.01, 100.0
    at_price = lambda price: np.array([rule.limit(worth, price) for rule, worth in zip(rules, worths)])
    for _ in range(25):
        middle = (low * high) ** 0.5
        raised = (harmless > at_price(middle)).any(1)
        if counts[raised].sum() > budget * counts.sum():
            low = middle
        else:
            high = middle
    return at_price(high)


def limits(leans, labels, counts, budget):
    """The limits at this budget; rules that are found less than their goal are worth more, until that is even."""
    rules = [Rule(leans, labels, counts, rule) for rule in range(len(RULES))]
    harmless = labels == HARMLESS
    least = np.array([BLOCKING.get(rule, 1.0) for rule in RULES])
    worths = least
    for _ in range(6):
        own = at_budget(rules, leans[harmless], counts[harmless], budget, worths)
        hit = found(leans - own)
        recall = np.array([hit[labels == rule, rule].mean() if (labels == rule).any() else 1.0 for rule in range(len(RULES))])
        lack = np.clip(GOALS / np.maximum(recall, 0.2), 0.7, 1.6) ** 0.5
        worths = np.clip(worths * lack, least, 6)
    return at_budget(rules, leans[harmless], counts[harmless], budget, worths)


def held(leans, labels, counts, parts, most):
    """The largest budget that keeps to `most` false alarms where the limits were not set, and how far each sentence is beyond those."""
    best = None
    harmless = labels == HARMLESS
    for budget in np.arange(0.01, most + 0.001, 0.0025):
        beyond = np.empty_like(leans)
        for part in range(parts.max() + 1):
            own = parts == part
            beyond[own] = leans[own] - limits(leans[~own], labels[~own], counts[~own], budget)
        raised = (found(beyond).any(1) * counts)[harmless].sum() / counts[harmless].sum()
        print(f"budget {budget:.4f}: {raised:.3f}", flush=True)
        if best is None or raised <= most:
            best = budget, beyond
    return best


def found(beyond):
    """Which rules a sentence breaks: those beyond their limits, at most two, the clearest."""
    least = np.sort(beyond, 1)[:, -MOST][:, None]
    return (beyond > 0) & (beyond >= least)


def report(beyond, labels):
    """The recall of each rule, and the share of false alarms."""
    hit = found(beyond)
    recall = [hit[labels == rule, rule].mean() if (labels == rule).any() else np.nan for rule in range(len(RULES))]
    return np.array(recall), hit[labels == HARMLESS].any(1).mean()


def show(name, recall, alarms):
    """One line of a table."""
    each = " ".join(f"{rule} {share:.2f}" for rule, share in zip(RULES, recall))
    print(f"{name:18} mean {np.nanmean(recall):.3f}, false alarms {alarms:.3f}; {each}", flush=True)
