/**
 * Drives each accepted build from its launch to its end, whoever follows it, and repairs at start
 * what a kill left.
 */
@NullMarked
package io.platform.build;

import org.jspecify.annotations.NullMarked;
