import pytest

from dashboard.web.settings import Settings, read_settings
from data.settings import DEFAULT_DATABASE_URL, SettingsError, parse_database_url


def test_defaults_are_a_local_file_and_port_8050() -> None:
    assert read_settings({}) == Settings(parse_database_url(DEFAULT_DATABASE_URL), 8050)
    assert read_settings({"DATABASE_URL": " ", "PORT": ""}) == Settings(parse_database_url(DEFAULT_DATABASE_URL), 8050)


def test_variables_override_the_defaults() -> None:
    assert read_settings({"DATABASE_URL": "postgresql://h/b", "PORT": "8060"}) == Settings(
        parse_database_url("postgresql://h/b"), 8060
    )


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "8050.0", "٣", "9" * 99])
def test_an_impossible_port_raises(port: str) -> None:
    with pytest.raises(SettingsError, match="PORT"):
        read_settings({"PORT": port})


@pytest.mark.parametrize(
    ("given", "taken"), [("", ""), ("https://tl.exemple.fr/", "https://tl.exemple.fr"), ("http://h:80", "http://h:80")]
)
def test_the_public_url_loses_its_trailing_slash(given: str, taken: str) -> None:
    assert read_settings({"PUBLIC_URL": given}).public_url == taken


@pytest.mark.parametrize(
    "given", ["tl.exemple.fr", "ftp://h", "https://", "https://h/chemin", "https://a b", "x" * 200]
)
def test_an_invalid_public_url_raises(given: str) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        read_settings({"PUBLIC_URL": given})


def test_embedding_sites_are_origins() -> None:
    assert read_settings({}).embed_origins == ()
    given = " https://www.normandie.fr  https://*.exemple.fr http://localhost:8080 https://www.normandie.fr"
    taken = ("https://www.normandie.fr", "https://*.exemple.fr", "http://localhost:8080")
    assert read_settings({"EMBED_ORIGINS": given}).embed_origins == taken


@pytest.mark.parametrize(
    "given", ["*", "https:", "https://a.fr/", "https://*", "a.fr", "https://a.fr;", "'self'", "https://*.*.fr"]
)
def test_what_would_open_the_map_to_others_raises(given: str) -> None:
    with pytest.raises(SettingsError, match="EMBED_ORIGINS"):
        read_settings({"EMBED_ORIGINS": given})
