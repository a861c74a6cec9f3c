"""A Firefox driven over Marionette, the protocol that every Firefox speaks.

Playwright drives only a Firefox of its own making, and geckodriver is in no registry that we use.
The protocol is small: ``LENGTH:JSON`` over a socket, commands by number.
"""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

PREFERENCES = {
    # Ports are Firefox's to choose; it writes the one it took into the profile.
    "marionette.port": 0,
    # No request leaves the machine: there is nobody behind this proxy.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.dns.disabled": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "dom.disable_open_during_load": True,
}


class FirefoxError(Exception):
    """What Firefox answers to a command that fails."""


class Firefox:
    """A headless Firefox with one tab.

    Args:
        profile: an empty folder for its profile.
    """

    def __init__(self, profile: Path) -> None:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        self._log = (profile / "firefox.log").open("wb")
        options = ("--headless", "--no-remote", "--marionette", "--remote-allow-system-access")
        self._process = subprocess.Popen(
            [program, *options, "--profile", profile],
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._number = 0
        try:
            self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), 60)
            self._file = self._socket.makefile("rb")
            self._read()  # the greeting
            self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
            self.call("WebDriver:SetTimeouts", script=120_000, pageLoad=120_000)
        except BaseException:
            self._process.kill()
            raise

    def call(self, command, **parameters):
        """Send a command and give what it answers."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise FirefoxError(f"{command}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def open(self, address):
        """Load a page, and wait until it has."""
        self.call("WebDriver:Navigate", url=address)

    def run(self, script, *arguments):
        """Run the body of a function in the page; what it returns, or the promise of it."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async function () {{ {script} }})(...arguments)"
            ".then((value) => done({value}), (error) => done({error: String(error)}));"
        )
        answer = self.call("WebDriver:ExecuteAsyncScript", script=wrapped, args=list(arguments))
        if "error" in answer:
            raise FirefoxError(answer["error"])
        return answer.get("value")

    def wait(self, condition, *arguments):
        """Wait until an expression holds in the page."""
        deadline = time.monotonic() + 60
        while not self.run(f"return Boolean({condition})", *arguments):
            if time.monotonic() > deadline:
                raise FirefoxError(f"never came true: {condition}")
            time.sleep(0.1)

    def errors(self):
        """Give the errors and warnings that pages from disk have made, policy among them."""
        self.call("Marionette:SetContext", value="chrome")
        try:
            script = (
                "return Services.console.getMessageArray()"
                ".filter((m) => m instanceof Ci.nsIScriptError && /^(file|blob):/.test(m.sourceName))"
                ".map((m) => m.errorMessage);"
            )
            return self.call("WebDriver:ExecuteScript", script=script, args=[])
        finally:
            self.call("Marionette:SetContext", value="content")

    def close(self):
        """End the browser."""
        try:
            self.call("Marionette:Quit", flags=["eForceQuit"])
        finally:
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._file.close()
            self._socket.close()
            self._log.close()

    def _port(self, profile):
        """Wait for the port that Firefox has chosen."""
        file = profile / "MarionetteActivePort"
        deadline = time.monotonic() + 120
        while not (file.is_file() and file.read_text().strip()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise FirefoxError("Firefox did not start")
            time.sleep(0.1)
        return int(file.read_text())

    def _read(self):
        """Read one message."""
        size = b""
        while (byte := self._file.read(1)) != b":":
            if not byte:
                raise FirefoxError("Firefox hung up")
            size += byte
        return json.loads(self._file.read(int(size)))
