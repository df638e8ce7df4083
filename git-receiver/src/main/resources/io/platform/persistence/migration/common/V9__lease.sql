-- A build is its owner's as long as the owner renews the lease while it receives the push.
ALTER TABLE build ADD COLUMN lease_renewals ${bigint} NOT NULL DEFAULT 0;
