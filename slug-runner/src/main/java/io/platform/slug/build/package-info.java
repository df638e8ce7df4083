/** The builder: takes a pushed source to a stored slug, one class a step. */
@NullMarked
package io.platform.slug.build;

import org.jspecify.annotations.NullMarked;
