<%!
    def without_remarks(code):
        return "\n".join(line for line in code.splitlines() if "# ###" not in line).strip()
%>"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${without_remarks(upgrades) if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
