"""What every browser test does: open a page, wait until it is still, change its size."""

from playwright.sync_api import Page, Response

from dashboard.reports.draft import draft_query
from dashboard.reports.models import MODELS
from dashboard.urls import COMPARE_PATH, FINDER_PATH, QVT_PATH, REPORT_PATH
from tests.site import COMPARISONS, STEERING

VIEWPORTS = {"desktop": (1440, 900), "tablet": (768, 1024), "phone": (375, 812), "narrow": (320, 640)}
SLUGS = ("lieux-labellises", "aides-votees", "visites", "taux-reponse")
TILES = ("lieux-labellises", "aides-votees", "population-15km", "visites")  # of the home page
CHARTS = ("trajectoire", "carte", "aides-par-dispositif", "visites-par-mois")
PUBLIC = ("/donnees", "/accessibilite", "/donnees-personnelles", "/a-propos")  # pages that follow no filter
SHEETS = (
    "/territoires/normandie",
    "/territoires/61",
    "/territoires/200066827",  # astride two départements
    "/territoires/200035103",  # without a place
    "/lieux/DEMO-01",
    *(f"/indicateurs/{slug}" for slug in (*SLUGS, "projection-echeance")),
)
REPORT = f"{REPORT_PATH}?{draft_query(MODELS[0].draft('dep=61', '61'))}"
FINDER = (FINDER_PATH, f"{FINDER_PATH}?commune=50502&services=salle-reunion")
QVT = (
    f"{QVT_PATH}?qvt-public=artisans&qvt-stade=etude&qvt-lieu=DEMO-07&qvt-piste=QVT-05&qvt-piste=QVT-08",
    f"{QVT_PATH}?qvt-lieu=INCONNU",
)
PAGES = (
    *STEERING,
    COMPARE_PATH,
    COMPARISONS[0],
    *FINDER,
    *QVT,
    "/indicateurs",
    *SHEETS,
    "/indicateurs/visites/lignes",
    *PUBLIC,
    REPORT_PATH,
    REPORT,
)
NOTHING = "dep=61&epci=200066827"  # the two have no commune in common

# Still: scripts have taken over the first response, no answer is awaited, every figure that shows and the preview of a
# report are drawn, for a moment long enough for the next question.
STILL = """() => {
  const main = document.getElementById("contenu");
  const figures = [...document.querySelectorAll(".card-image:not([hidden])")];
  const drawn = figures.every(
    one => one.querySelector(".js-plotly-plot .main-svg") && !one.querySelector(".is-pending")
  );
  const pending = document.getElementById("report-preview-status")?.textContent;
  const controls = !document.getElementById("filters") || document.getElementById("filter-dep");
  const interactive = !document.getElementById("first-view") && controls;
  const still = main && interactive && !pending && main.querySelector("h1") && !main.hasAttribute("aria-busy") && drawn;
  window.stillSince = still ? (window.stillSince || performance.now()) : 0;
  return still && performance.now() - window.stillSince > 120;
}"""


def settle(page: Page) -> Page:
    """Wait until nothing more is to come."""
    page.evaluate("window.stillSince = 0")
    page.wait_for_function(STILL, polling=30)
    return page


def visit(page: Page, address: str) -> Response | None:
    """Open an address and wait until the page is drawn."""
    response = page.goto(address)
    settle(page)
    return response


def resize(page: Page, name: str) -> Page:
    """Give the window the size of a device: desktop, tablet, phone or narrow (320 px, the RGAA's limit)."""
    width, height = VIEWPORTS[name]
    page.set_viewport_size({"width": width, "height": height})
    return settle(page)


def shown_query(page: Page) -> str:
    """The query that the figures of the home page answer: the server's own, written on their cards."""
    return page.locator("#card-trajectoire").get_attribute("data-query") or ""


def wait_for_query(page: Page, query: str) -> Page:
    """Wait until the home page's figures answer a query."""
    page.wait_for_function(
        "query => document.getElementById('card-trajectoire')?.dataset.query === query",
        arg=query,
    )
    return settle(page)


def choose(page: Page, key: str, code: str) -> None:
    """Tick a choice of a filter with the mouse, its list opened if it is not."""
    box = page.locator(f"#filter-box-{key}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator(f"input[value='{code}']").check()


def open_tables(page: Page) -> None:
    """Open every « Voir les données » and wait for the numbers, which come only then."""
    for summary in page.locator(".card-data summary:visible").all():
        summary.click()
    for box in page.locator(".card-data[open]").all():
        box.locator("tbody tr").first.wait_for()
    settle(page)


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is no wider than its window, once the figures have taken their new size."""
    page.wait_for_function(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth", polling=50, timeout=3000
    )
