"""Where the private database lies: its folders, who owns them, and the socket by which it is reached.

::

    HUB_DATA/
    ├── database/       PostgreSQL's own directory; belongs to the account that runs the server, mode 0700
    ├── socket/         the only way in; the same account, mode 0700 (or in /tmp, see `sockets`)
    ├── locks/          owner · starter · users · server (see server.py)
    ├── binaries/       a copy of PostgreSQL's programs, where the server's account cannot reach the original
    └── postgres.log    what the server had to say since its last start; before that, postgres.log.1
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from hub.database.locks import Lock, Say
from hub.errors import SetupError
from hub.settings import Settings

SOCKET_PATH_LIMIT = 107
"""Bytes that a path of a Unix socket may have (`sockaddr_un`)."""

SPEAKABLE = re.compile(r"[\w/ .+=@~-]+")
"""Paths that every reader of a URL understands alike: a comma, say, would make two hosts of one."""

PORT = 5432
"""Only part of the socket's name: the server listens on no port."""


@dataclass(frozen=True)
class Account:
    """The unprivileged account that runs the server when the hub runs as root, which PostgreSQL refuses."""

    name: str
    uid: int
    gid: int

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a short command with the rights of this account and nothing more."""
        try:
            return subprocess.run(  # noqa: S603 - the commands are ours
                command,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
            )
        except PermissionError as error:
            if error.filename is not None:  # The command itself may not be run: that is an answer, too.
                raise
            raise SetupError(
                f"Root may not change to the account {self.name} here, and PostgreSQL does not run as root: "
                "run the hub under an ordinary account."
            ) from None

    def reaches(self, folder: Path) -> bool:
        """Tell by trying whether this account may enter a folder: modes alone do not tell (lists, mounts)."""
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)).returncode == 0


def account_of(settings: Settings, place: Place) -> Account | None:
    """Return the account to run the server under, or None: our own.

    As root that is the account that the database belongs to already, so that root may look after anybody's.
    """
    if os.geteuid() != 0:
        return None
    if place.database.exists() and (found := place.database.stat()).st_uid != 0:
        try:
            return Account(pwd.getpwuid(found.st_uid).pw_name, found.st_uid, found.st_gid)
        except KeyError:
            return Account(f"number {found.st_uid}", found.st_uid, found.st_gid)
    try:
        entry = pwd.getpwnam(settings.postgres_user)
    except KeyError:
        raise SetupError(
            f"There is no account `{settings.postgres_user}`: set HUB_POSTGRES_USER to an unprivileged one."
        ) from None
    if entry.pw_uid == 0:
        raise SetupError("PostgreSQL does not run as root: set HUB_POSTGRES_USER to an unprivileged account.")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class Place:
    """The paths of one private database, all found from the data directory alone."""

    data: Path

    @classmethod
    def of(cls, settings: Settings) -> Place:
        """Return the place that these settings name; two names of one directory are one place."""
        return cls(settings.data.resolve())

    @property
    def database(self) -> Path:
        """PostgreSQL's own directory."""
        return self.data / "database"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.data / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: inside the data directory wherever a socket and a URL can carry its path.

        Otherwise it is in `/tmp` itself, whatever the environment says, under a name that follows from the
        path: the next process must find it, and it may have another environment.
        """
        inside = self.data / "socket"
        is_short = len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT
        if is_short and SPEAKABLE.fullmatch(str(inside)):
            return inside
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:20]
        return Path("/tmp") / f"civic-hub-{name}"  # noqa: S108 - made 0700 and its owner checked, see `private_folder`

    @property
    def url(self) -> str:
        """The address, whether or not the server runs. The port is named lest PGPORT be asked for it."""
        return f"postgresql://hub@/hub?host={quote(str(self.sockets))}&port={PORT}"

    def lock(self, name: str) -> Lock:
        """Return one of the locks, not yet taken."""
        return Lock(self.data / "locks" / name)

    def make_ready(self, account: Account | None, *, say: Say) -> None:
        """Make what is missing of the data directory, and let the server's account enter it."""
        try:
            self._make_folders(account)
        except PermissionError as error:
            raise SetupError(
                f"{error.filename} may not be written: set HUB_DATA to a directory of your own, "
                "or run the command under the account that runs the hub."
            ) from None
        except OSError as error:  # A file system that is read-only or full, or where nothing can be made.
            raise SetupError(
                f"{error.filename} cannot be made ({error.strerror}): set HUB_DATA to another place."
            ) from None
        if account is None or account.reaches(self.data):
            return
        found = self.data.stat()
        if found.st_uid == 0 and found.st_mode & 0o077 == 0 and self._closed_folder(account) == self.data:
            # The data directory itself is ours to open, and only by a crack: its group may pass, not look.
            os.chown(self.data, -1, account.gid)
            self.data.chmod(0o710)
            say(f"{self.data} may now be entered, not listed, by the group of the account {account.name}.")
        if not account.reaches(self.data):
            closed = self._closed_folder(account) or self.data
            raise SetupError(
                f"The account {account.name}, which runs the database server, cannot enter {closed}. Run "
                f"`chmod o+x {closed}`, or set HUB_DATA to a directory that it can reach, or "
                "HUB_POSTGRES_USER to another account."
            )

    def _make_folders(self, account: Account | None) -> None:
        for folder in reversed([self.data, *self.data.parents]):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                if account is not None:  # Only what we made ourselves, whatever the umask says, is made passable.
                    folder.chmod(0o755 if folder != self.data else 0o710)
                    os.chown(folder, -1, account.gid if folder == self.data else -1)
                elif folder == self.data:
                    folder.chmod(0o700)
        if not self.data.is_dir():
            raise SetupError(f"{self.data} is not a directory: set HUB_DATA to another place.")
        locks = self.data / "locks"
        if not locks.exists():
            locks.mkdir(mode=0o700, exist_ok=True)
            if account is not None:
                owner = self.data.stat()
                os.chown(locks, owner.st_uid, -1)

    def _closed_folder(self, account: Account) -> Path | None:
        """Return the outermost folder on the way that the account may not enter."""
        on_the_way = reversed([self.data, *self.data.parents])
        return next((folder for folder in on_the_way if not account.reaches(folder)), None)


def private_folder(folder: Path, account: Account | None) -> None:
    """Make a folder for one account alone, or make sure that it is one: no link, nobody else's."""
    uid = os.geteuid() if account is None else account.uid
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if account is not None:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise SetupError(
            f"{folder} must be a folder of mode 0700 that belongs to {account.name if account else 'you'}, "
            "and it is not: remove it, or run the command under the account that it belongs to."
        )
