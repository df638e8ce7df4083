/** The builder: its main, its settings, and the order of the steps of a build. */
@NullMarked
package io.platform.slug.build;

import org.jspecify.annotations.NullMarked;
