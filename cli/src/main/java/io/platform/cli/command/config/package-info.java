/** Commands about config vars. */
@NullMarked
package io.platform.cli.command.config;

import org.jspecify.annotations.NullMarked;
