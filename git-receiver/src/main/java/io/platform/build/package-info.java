/**
 * The life of a build: what ends, cancels and settles it, the check of its report, and how all of
 * that is configured.
 */
@NullMarked
package io.platform.build;

import org.jspecify.annotations.NullMarked;
