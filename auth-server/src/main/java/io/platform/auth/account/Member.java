package io.platform.auth.account;

/** An account as a member of a namespace. */
public record Member(EmailAddress email, NamespaceRole role) {}
