"""The steward: a client that was let in, and what can be seen of the schedules that attacks would stop."""

from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import Cookie
from typing import Any

import httpx

from bilan.home import Home

WHERE = '{repositoryName: "__repository__", repositoryLocationName: "orchestration.definitions"}'
SCHEDULES = (
    f"{{ schedulesOrError(repositorySelector: {WHERE})"
    " { ... on Schedules { results { name scheduleState { id status } } } } }"
)
STOP = 'mutation { stopRunningSchedule(id: "%s") { __typename } }'
STOPPED = "ScheduleStateResult"


@dataclass
class Orchestration:
    """Where Dagster answers, its home, the link that lets one person in, and the processes started."""

    address: str
    home: Home
    link: str
    pids: list[int]
    client: httpx.Client = field(init=False)

    def let_in(self) -> None:
        """Open the link, as the steward's browser does, and keep what it gives."""
        self.client = httpx.Client(base_url=self.address, timeout=60, follow_redirects=True)
        answer = self.client.get(self.link)
        assert answer.status_code == 200, answer.status_code

    @property
    def cookie(self) -> Cookie:
        """What the browser holds once it was let in."""
        [only] = self.client.cookies.jar
        return only

    @property
    def session(self) -> dict[str, str]:
        """The header by which that browser is known."""
        return {"Cookie": f"{self.cookie.name}={self.cookie.value}"}

    def ask(self, query: str) -> Any:
        """What GraphQL answers the steward, who asks as Dagster's own page does."""
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        answer = self.client.post("/graphql", json={"query": query}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def states(self) -> dict[str, str]:
        """Whether each schedule runs."""
        return {name: state["status"] for name, state in self._schedules().items()}

    @cached_property
    def stopping(self) -> str:
        """The mutation that stops the nightly schedule: what attackers would have run."""
        return STOP % self._schedules()["every_night"]["id"]

    def _schedules(self) -> dict[str, dict[str, str]]:
        found = self.ask(SCHEDULES)["schedulesOrError"]["results"]
        return {one["name"]: one["scheduleState"] for one in found}
