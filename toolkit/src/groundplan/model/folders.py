"""Where a local run keeps what it has: the folders' names, all below one data folder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a local run, as whole paths."""

    data: str
    """Everything; deleting it forgets the platform."""
    run: str
    """Sockets, pids, state; short, because the path of a socket must be."""
    source: str
    """The folder of the platform file, from which services of the user's are started."""

    @property
    def config(self) -> str:
        """Rendered files."""
        return f"{self.data}/config"

    @property
    def secrets(self) -> str:
        """Passwords and keys, readable by the owner alone."""
        return f"{self.data}/secrets"

    @property
    def certificates(self) -> str:
        """The authority of an encrypted run, and a folder of certificates for each component."""
        return f"{self.data}/certificates"

    @property
    def logs(self) -> str:
        """One log a replica."""
        return f"{self.data}/logs"

    @property
    def database(self) -> str:
        """PostgreSQL's data."""
        return f"{self.data}/postgres"

    @property
    def cache(self) -> str:
        """Redis' log of writes."""
        return f"{self.data}/redis"

    @property
    def mails(self) -> str:
        """Mails that one machine keeps in place of sending them."""
        return f"{self.data}/mails"

    @property
    def artifacts(self) -> str:
        """Files of releases, encrypted."""
        return f"{self.data}/artifacts"

    @property
    def telemetry(self) -> str:
        """Traces, logs and metrics of a run."""
        return f"{self.data}/telemetry"

    @property
    def traces(self) -> str:
        """How each start went, as files."""
        return f"{self.data}/traces"

    @property
    def audit(self) -> str:
        """Notes of the audit record's chain, outside the database."""
        return f"{self.data}/audit"

    def service(self, name: str) -> str:
        """Return the folder that belongs to a service of the user's."""
        return f"{self.data}/services/{name}"
