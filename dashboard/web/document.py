"""The HTML documents around the components: the index of the application, and pages that need no application."""

from __future__ import annotations

import hashlib
import html
from pathlib import Path
from string import Template

from dashboard.components.page import BRAND, Site
from dashboard.components.search_form import plain_header_search
from dashboard.components.shell import FOOTER_LINKS
from dashboard.elements.html import to_html
from dashboard.figures.palette import DARK_COLOURS
from dashboard.requests.page_request import COMPARISON_PARAMETERS, PAGE_PARAMETERS
from dashboard.urls import NEWS_PATH

_INDEX = """<!DOCTYPE html>
<html lang="fr" data-pages="{pages}" data-page-parameters="{parameters}" data-dark-colours="{dark}">
  <head>
    {%metas%}
    <meta name="color-scheme" content="light dark">
    <script src="{theme}"></script>
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="{icon}">
    <link rel="alternate" type="application/atom+xml" title="Agenda et actualités des tiers-lieux" href="{news}">
    <link rel="preload" href="/_dash-layout" as="fetch" crossorigin="anonymous">
    <link rel="preload" href="/_dash-dependencies" as="fetch" crossorigin="anonymous">
    {%css%}
  </head>
  <body>
    {%app_entry%}
    <template id="unavailable"><main class="page" tabindex="-1">
      <h1>Page indisponible pour le moment</h1>
      <p class="lead">La page n’a pas pu être affichée\u202f: le serveur ne répond pas comme prévu.</p>
      <p><a href="">Recharger la page</a></p>
    </main></template>
    <noscript><p class="noscript">Ce tableau de bord a besoin de JavaScript. Les chiffres restent lisibles
    en données\u202f: <a href="/api/indicateurs">/api/indicateurs</a>. Les tiers-lieux labellisés se trouvent sans
    JavaScript\u202f: <a href="/integrer/carte">liste et carte</a>.</p></noscript>
    <footer class="dash-scripts" hidden>{%config%}{%scripts%}{%renderer%}</footer>
  </body>
</html>
"""

# The element in which Dash draws; Dash's own has « Loading… » in English.
LOADING_ENTRY = '<div id="react-entry-point"><p class="loading-entry">Chargement…</p></div>'


def _asset(name: str) -> str:
    """The address of an asset with its version, so that browsers cache it."""
    content = (Path(__file__).parents[1] / "assets" / name).read_bytes()
    return f"/assets/{name}?m={hashlib.sha256(content).hexdigest()[:8]}"


ICON = _asset("favicon.svg")  # browsers request it at each change of the address
THEME_SCRIPT = "theme.js"  # in the head of documents: before the first paint
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


def index_template(site: Site) -> str:
    """The index document, for Dash to fill in; with the first segments of the paths of pages, and the parameters that
    belong to one page, for assets/navigation.js.
    """
    values = {
        "icon": ICON,
        "theme": _THEME,
        "dark": " ".join(f"{light}:{dark}" for light, dark in DARK_COLOURS.items()),
        "news": NEWS_PATH,
        "pages": " ".join(sorted({page.path.split("/")[1] for page in site})),
        "parameters": " ".join((*PAGE_PARAMETERS, *COMPARISON_PARAMETERS)),
    }
    document = _INDEX
    for name, value in values.items():
        document = document.replace(f"{{{name}}}", html.escape(value))
    return document


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
