package io.platform.auth.account;

/**
 * A namespace as one of its members sees it.
 *
 * @param customer the tenant that the namespace belongs to
 * @param role of the member
 */
public record Membership(NamespaceName namespace, String customer, NamespaceRole role) {}
