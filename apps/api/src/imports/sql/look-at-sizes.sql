-- Lets the server look at once at tables that an import has filled, so that the next question is planned for what they hold.
-- What it notes are sizes and frequencies of values; no row is changed and none is read out.
SELECT app.look_at_sizes()
