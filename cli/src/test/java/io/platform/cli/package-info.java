/**
 * The command, driven as users drive it: against a real HTTP server, with a real git and a home of
 * its own.
 */
@NullMarked
package io.platform.cli;

import org.jspecify.annotations.NullMarked;
