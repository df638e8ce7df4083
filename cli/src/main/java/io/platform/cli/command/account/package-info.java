/** Commands about accounts, namespaces and their members. */
@NullMarked
package io.platform.cli.command.account;

import org.jspecify.annotations.NullMarked;
