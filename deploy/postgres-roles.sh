#!/bin/sh
# Runs once, when the database's volume is new: one role owns the tables, the other is the service's and may not change the log.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$CANDOUR_OWNER_PASSWORD" -v service="$CANDOUR_SERVICE_PASSWORD" <<'SQL'
CREATE ROLE candour_owner LOGIN PASSWORD :'owner';
CREATE ROLE candour LOGIN PASSWORD :'service';
CREATE DATABASE candour OWNER candour_owner;
REVOKE ALL ON DATABASE candour FROM PUBLIC;
GRANT CONNECT ON DATABASE candour TO candour;
SQL
