-- Understood alike by SQLite and PostgreSQL. Moments are milliseconds since 1970, UTC.

-- One row, which writers that must be alone update first: PostgreSQL then makes them wait for each other.
create table installation (
  id smallint primary key,
  writes bigint not null
);
insert into installation (id, writes) values (1, 0);

create table customer (
  id varchar(36) primary key,
  created_at bigint not null
);

create table namespace (
  name varchar(30) primary key,
  customer varchar(36) not null references customer (id),
  created_at bigint not null
);

create table account (
  id varchar(36) primary key,
  email varchar(254) not null unique,
  customer varchar(36) not null references customer (id),
  namespace varchar(30) not null unique references namespace (name),
  password_hash varchar(255) not null,
  admin boolean not null,
  generation integer not null,
  created_at bigint not null
);

create table membership (
  namespace varchar(30) not null references namespace (name),
  account varchar(36) not null references account (id),
  role varchar(16) not null check (role in ('owner', 'developer', 'viewer')),
  primary key (namespace, account)
);
create index membership_account on membership (account);

create table login_failure (
  subject varchar(80) primary key,
  failures integer not null,
  wait_until bigint not null,
  forget_at bigint not null
);
create index login_failure_forget_at on login_failure (forget_at);

create table signing_key (
  kid varchar(64) primary key,
  private_jwk varchar(1024) not null,
  created_at bigint not null,
  verifies_until bigint not null
);

create table revoked_token (
  jti varchar(64) primary key,
  expires_at bigint not null
);
create index revoked_token_expires_at on revoked_token (expires_at);

create table oauth_client (
  id varchar(63) primary key,
  secret_sha256 varchar(64) not null
);
