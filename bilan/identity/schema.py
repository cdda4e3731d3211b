"""The vault's tables, in words that SQLite and PostgreSQL both understand."""

VERSION = "2"

# one row per statement; types are text, integer and blob, which PostgreSQL calls bytea
TABLES: dict[str, str] = {
    "meta": "name text primary key, value text not null",
    # keys made with the vault, sealed by the master key: what the ledger's hashes rest on outlives a rotation
    "ring": "name text primary key, sealed blob not null",
    # one row per person and sender
    "subjects": """
        token text primary key,
        sender text not null,
        namespace text not null,
        data_key blob not null,
        attributes blob not null
    """,
    # keyed hash of a name (the same for every sender) or of a sender's reference, and the earliest
    # statement that spoke of her or him; sealed, so that nobody is made to answer for another
    "lookups": """
        hash text not null,
        sender text not null,
        token text not null,
        first_seen text not null,
        seal text not null,
        primary key (hash, sender)
    """,
    # a row of that log held both the name and the reference
    "ties": """
        sender text not null,
        log text not null,
        named text not null,
        referred text not null,
        named_hash text not null,
        referred_hash text not null,
        first_seen text not null,
        primary key (sender, log, named, referred)
    """,
    # the earliest link event that the ledger holds between two tokens
    "links": """
        token text not null,
        other text not null,
        method text not null,
        reported_on text not null,
        primary key (token, other, method)
    """,
    # originals of the numbers whose keyed hashes the batch's events hold, sealed
    "numbers": "batch text primary key, sealed blob not null",
    "batches": """
        number integer primary key,
        id text not null unique,
        record text not null,
        files text not null,
        version integer,
        commit_sha256 text,
        seal text not null
    """,
    # commits of the ledger that are no batch: its creation, and compactions found sound
    "upkeep": "version integer primary key, entry text not null, seal text not null",
    "statements": """
        sha256 text not null,
        sender text not null,
        log text not null,
        statement_date text not null,
        outcome text not null,
        batch text,
        taken_at text not null,
        primary key (sha256, sender, log, statement_date)
    """,
    "held": """
        id text primary key,
        sha256 text not null,
        sender text not null,
        log text not null,
        statement_date text not null,
        suffix text not null,
        reason text not null,
        row_count integer not null,
        state text not null,
        held_at text not null
    """,
    "landed": "sha256 text primary key, landed_at text not null",
    # consent to exchange that name was withdrawn on that day
    "withdrawals": "token text primary key, withdrawn_on text not null",
    # row keys of persons who were erased: a restatement neither brings them back nor withdraws their past;
    # hashes of the names among them whose consent was withdrawn, with the day of that
    "tombstones": """
        natural_key text primary key,
        sender text not null,
        log text not null,
        erased_on text not null
    """,
    # erasures carried out; who asked, why and what is still to be destroyed is sealed
    "erasures": "id text primary key, at text not null, state text not null, sealed blob not null",
    # copies of the home that `bilan backup` made
    "backups": "path text primary key, made_at text not null, manifest_sha256 text not null",
    # pairs that the linkage put to a person, or that a person parted; who decided and why is sealed
    "reviews": """
        number integer primary key,
        token text not null,
        other text not null,
        score text,
        state text not null,
        at text not null,
        sealed blob not null,
        unique (token, other)
    """,
    # every reading of a name: who, why and of whom are sealed, each entry is chained to the one before
    "access_log": """
        number integer primary key,
        read_at text not null,
        sealed blob not null,
        seal text not null
    """,
}
