/** Commands about an app, and the git remote that leads to it. */
@NullMarked
package io.platform.cli.command.app;

import org.jspecify.annotations.NullMarked;
