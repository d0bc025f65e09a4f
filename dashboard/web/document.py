"""The HTML documents around the components: the index of the application, and pages that need no application."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Sequence
from pathlib import Path
from string import Template

from dashboard.components.page import BRAND, Site
from dashboard.components.search_form import plain_header_search
from dashboard.components.shell import FOOTER_LINKS
from dashboard.elements.html import start_tag, to_html
from dashboard.elements.tags import Tree
from dashboard.figures.palette import DARK_COLOURS
from dashboard.requests.page_request import COMPARISON_PARAMETERS, PAGE_PARAMETERS
from dashboard.urls import NEWS_PATH
from dashboard.web.asset_bundles import THEME_SCRIPT

_INDEX = """<!DOCTYPE html>
<html lang="fr" data-pages="{pages}" data-page-parameters="{parameters}" data-plotly="{plotly}"
  data-dark-colours="{dark}">
  <head>
    {%metas%}
    <meta name="color-scheme" content="light dark">
    <script src="{theme}"></script>
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="{icon}">
    <link rel="alternate" type="application/atom+xml" title="Agenda et actualités des tiers-lieux" href="{news}">
    {%css%}
  </head>
  <body>
    <div id="first-view">{first_view}</div>
    {%app_entry%}
    <noscript><p class="noscript">Sans JavaScript, les graphiques sont des images et les filtres se valident par leur
    bouton «\u202fAppliquer\u202f».</p></noscript>
    <script id="page-layout" type="application/json">{layout}</script>
    <script id="page-dependencies" type="application/json">{dependencies}</script>
    <footer class="dash-scripts" hidden>{%config%}{%renderer%}{%scripts%}</footer>
  </body>
</html>
"""
FIRST_VIEW, LAYOUT, DEPENDENCIES = "{first_view}", "{layout}", "{dependencies}"  # filled by `complete_document`

# The element in which Dash draws, hidden until it has: the page is readable in #first-view (assets/first_view.js)
APP_ENTRY = '<div id="react-entry-point" hidden></div>'


def _asset(name: str) -> str:
    """The address of an asset with its version, so that browsers cache it."""
    content = (Path(__file__).parents[1] / "assets" / name).read_bytes()
    return f"/assets/{name}?m={hashlib.sha256(content).hexdigest()[:8]}"


ICON = _asset("favicon.svg")  # browsers request it at each change of the address
_THEME = _asset(THEME_SCRIPT)

_PLAIN = Template("""<!DOCTYPE html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <script src="$theme"></script>
    <title>$title – $brand</title>
    <link rel="icon" type="image/svg+xml" href="$icon">
    $styles
  </head>
  <body>
    <div class="shell">
      <a href="#contenu" class="skip-link">Aller au contenu</a>
      <header class="header">
        <a href="/" class="brand">
          <span class="brand-name">$brand</span><span class="brand-subtitle">Pilotage régional</span>
        </a>
        $search
        <div class="header-tools"><a href="/territoires" class="my-territory">Mon territoire</a></div>
        <nav class="menu" aria-label="Menu principal"><ul>$menu</ul></nav>
      </header>
      <main id="contenu" tabindex="-1"><div class="page">
        <h1>$title</h1>
        <p class="lead">$message</p>
        <p class="way-out">$way_out</p>
      </div></main>
      <footer class="footer">
        <p>Donnée de gestion, ne vaut pas compte administratif.</p>
        <ul class="footer-links">$links</ul>
      </footer>
    </div>
  </body>
</html>
""")


def index_template(site: Site, plotly: str) -> str:
    """The index document, for Dash to fill in; with the first segments of the paths of pages, and the parameters that
    belong to one page, for assets/navigation.js; with the address of plotly's bundle for assets/lazy_bundles.js.
    """
    values = {
        "icon": ICON,
        "theme": _THEME,
        "dark": " ".join(f"{light}:{dark}" for light, dark in DARK_COLOURS.items()),
        "news": NEWS_PATH,
        "plotly": plotly,
        "pages": " ".join(sorted({page.path.split("/")[1] for page in site})),
        "parameters": " ".join((*PAGE_PARAMETERS, *COMPARISON_PARAMETERS)),
    }
    document = _INDEX
    for name, value in values.items():
        document = document.replace(f"{{{name}}}", html.escape(value))
    return document


def bare_document(title: str, styles: Sequence[str], body: Tree, css_class: str | None = None) -> str:
    """A document without application or script, around its main element; `styles` are addresses of style sheets."""
    links = "".join(f'<link rel="stylesheet" href="{html.escape(href)}">' for href in styles)
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)} – {BRAND}</title>"
        f'<link rel="icon" type="image/svg+xml" href="{html.escape(ICON)}">{links}</head>'
        f"{start_tag('body', {'className': css_class})}{to_html(body)}</body></html>"
    )


def complete_document(document: str, first_view: str, layout: str, dependencies: str) -> str:
    """The index document with the page in it, as HTML and as JSON."""
    before_view, rest = document.split(FIRST_VIEW)
    before_layout, rest = rest.split(LAYOUT)
    before_dependencies, after = rest.split(DEPENDENCIES)
    return "".join((before_view, first_view, before_layout, layout, before_dependencies, dependencies, after))


def plain_page(site: Site, styles: tuple[str, ...], title: str, message: str, way_out: str) -> str:
    """A page in the style of the shell, without database or script. All texts are escaped here except `way_out`."""
    return _PLAIN.substitute(
        title=html.escape(title),
        brand=BRAND,
        icon=ICON,
        theme=_THEME,
        search=to_html(plain_header_search()),
        message=html.escape(message),
        way_out=way_out,
        menu="".join(_link_item(page.path, page.menu) for page in site if page.menu),
        links="".join(_link_item(path, label) for path, label in FOOTER_LINKS),
        styles="\n    ".join(f'<link rel="stylesheet" href="{html.escape(href)}">' for href in styles),
    )


def _link_item(path: str, label: str) -> str:
    return f'<li><a href="{html.escape(path)}">{html.escape(label)}</a></li>'
