/** Accounts and their passwords, namespaces and the roles on them, and the check of a login. */
@NullMarked
package io.platform.auth.account;

import org.jspecify.annotations.NullMarked;
