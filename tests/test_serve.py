"""The live preview, as a browser meets it: a real server on loopback, ended by its id."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from conftest import Archive
from newsgen.digest import short_id
from newsgen.errors import SettingsError
from newsgen.serve import listen, page_of, with_script

WAIT = 60  # seconds; only ever reached when something is broken


@pytest.fixture(params=[(), ("--poll",)], ids=["told of changes", "looking for changes"])
def preview(request, tmp_path):
    site = Archive(tmp_path / "bay")
    site.write("articles/storm.txt", "Storm closes port\nWinds reached 120 km/h.\n")
    command = [sys.executable, "-m", "newsgen", "serve", str(site.folder), "--port", "0"]
    with subprocess.Popen(
        [*command, "--no-open", *request.param],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        bufsize=1,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                found = re.search(r"http://127\.0\.0\.1:\d+/", line)
                if found:
                    site.address = found.group()
                    break
            else:
                raise AssertionError("".join(said))
            yield site
            process.send_signal(signal.SIGINT)
            assert process.wait(WAIT) == 0
        finally:
            process.kill()


def fetched(address):
    with urllib.request.urlopen(address, timeout=WAIT) as response:
        return response.read().decode()


def status_of(request):
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def events(stream):
    """Each event of a stream of server-sent events, as (name, data)."""
    name = ""
    for raw in stream:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_an_edit_is_rebuilt_and_told_to_the_browser(preview):
    assert "Storm closes port" in fetched(preview.address)
    assert "/_newsgen/reload.js" in fetched(preview.address)
    assert "EventSource" in fetched(preview.address + "_newsgen/reload.js")
    assert status_of(preview.address + "no/such.html") == 404

    with urllib.request.urlopen(preview.address + "_newsgen/events", timeout=WAIT) as stream:
        told = events(stream)
        assert next(told)[0] == "hello"
        preview.write("articles/fog.txt", "Fog over the bay\nNobody saw it come.\n")
        next(told)
    assert "Fog over the bay" in fetched(preview.address)
    assert "/_newsgen/" not in preview.page("index.html")  # pages on disk know of no preview


def test_an_error_is_shown_and_the_preview_goes_on(preview):
    with urllib.request.urlopen(preview.address + "_newsgen/events", timeout=WAIT) as stream:
        told = events(stream)
        next(told)
        preview.write("newsgen.yaml", "titel: Bay\n")
        assert any("titel" in json.dumps(data) for _, data in told)
        preview.write("newsgen.yaml", "title: The Bay archive\n")
        assert any("titel" not in json.dumps(data) for _, data in told)
    assert "The Bay archive" in fetched(preview.address)


def test_the_script_goes_into_the_head_of_a_page():
    assert with_script(b"<head></head><p>").startswith(b"<head><script")
    assert with_script(b"<p>").endswith(b"</script>")


def test_a_port_that_is_taken_is_named_in_the_error():
    taken = listen("127.0.0.1", 0)
    try:
        with pytest.raises(SettingsError, match=str(taken.getsockname()[1])):
            listen("127.0.0.1", taken.getsockname()[1])
    finally:
        taken.close()


def test_an_edit_leads_to_the_page_of_its_article():
    own = f"articles/x-{short_id('a.txt')}.html"
    assert page_of(["articles/a.txt"], ("articles/b.html", own, "index.html")) == own
    assert page_of(["articles/q.txt"], ("articles/b.html", own)) is None
    assert page_of(["articles/q.txt"], ("articles/b.html", "index.html")) == "articles/b.html"


def test_nothing_outside_the_output_is_served_and_no_other_host_name(preview):
    for path in ("../newsgen.yaml", "%2e%2e/newsgen.yaml", "/etc/passwd"):
        assert status_of(preview.address + path) == 404
    stranger = urllib.request.Request(preview.address, headers={"Host": "evil.example"})
    assert status_of(stranger) == 400
    part = urllib.request.Request(
        preview.address + "static/site.css", headers={"Range": "bytes=0-9"}
    )
    assert status_of(part) == 206
