#!/bin/sh
# Run once by the postgres image, on an empty data folder. The API's login owns its database and may create roles for
# it, but is no superuser, so that row-level security binds it.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set password="$(cat "${AMPARO_PASSWORD_FILE:-/run/secrets/amparo_password}")" <<'SQL'
create role amparo login createrole password :'password';
alter role amparo set createrole_self_grant = 'set, inherit';
create database amparo owner amparo;
revoke all on database amparo from public;
SQL
