/** {@code platform drains}: receivers of the app's log outside the platform. */
@NullMarked
package io.platform.cli.command.drain;

import org.jspecify.annotations.NullMarked;
