"""Where each rule begins, as `attune-burden` sets it: as low as a budget of false alarms lets all of them."""

import numpy as np

from rows import HARMLESS, RULES

BLOCKING = {"PENALTY": 2.2, "OVERRIDE": 2.2}
MOST = 2


def limit(leans, labels, counts, rule, price):
    """The limit of one rule that gains the most, at this price of a harmless sentence."""
    broken, harmless = labels == rule, labels == HARMLESS
    worth = BLOCKING.get(RULES[rule], 1.0) / max(counts[broken].sum(), 1.0) / len(RULES)
    gains = (np.where(broken, worth, -price) * counts)[broken | harmless]
    own = leans[broken | harmless, rule]
    order = np.argsort(-own, kind="stable")
    own, gained = own[order], np.cumsum(gains[order])
    best = int(np.argmax(gained[:-1]))
    return (own[best] + own[best + 1]) / 2 if gained[best] > 0 else own[0] + 1


def limits(leans, labels, counts, budget):
    """The limits that find the most, with false alarms on at most `budget` of the harmless sentences."""
    harmless = labels == HARMLESS
    whole = counts[harmless].sum()
    low, high = 0.01, 100.0
    at_price = lambda price: np.array(
        [limit(leans, labels, counts, rule, price / whole) for rule in range(len(RULES))]
    )
    for _ in range(25):
        middle = (low * high) ** 0.5
        raised = (leans[harmless] > at_price(middle)).any(1)
        if counts[harmless][raised].sum() > budget * whole:
            low = middle
        else:
            high = middle
    return at_price(high)


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
