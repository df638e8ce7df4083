/** Commands about the user's own login and password, and git's credential helper. */
@NullMarked
package io.platform.cli.command.login;

import org.jspecify.annotations.NullMarked;
