"""What a finger can hit: every control and every link but those in sentences is 44 px wide and high (WCAG 2.5.5)."""

from playwright.sync_api import Page

# A checkbox counts with its label; a link in a sentence has words beside it.
SMALL = """() => {
  const isInSentence = one => one.tagName === "A"
    && [...one.parentElement.childNodes].some(node => node.nodeType === 3 && /\\p{L}{2}/u.test(node.data));
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !isInSentence(one))
    .filter(one => !one.closest(".visually-hidden, .skip-link"))
    .map(one => [one, (one.matches("[type=checkbox], [type=radio]") ? one.closest("label, .form-check") || one : one)])
    .map(([one, target]) => [one, target.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 43.5 || box.height < 43.5))
    .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)} × ${Math.round(box.height)}`);
}"""


def assert_targets_fit_a_finger(page: Page) -> None:
    """On a phone; what is closed is not looked at."""
    assert page.evaluate(SMALL) == []
