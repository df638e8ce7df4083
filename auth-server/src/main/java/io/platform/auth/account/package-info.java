/**
 * Who there is: accounts with their passwords, namespaces, roles on namespaces, and the check of a
 * login.
 */
@NullMarked
package io.platform.auth.account;

import org.jspecify.annotations.NullMarked;
