/**
 * The source of a build: a commit's tree as tar.zst, made as {@code git archive} makes it, and
 * bounded, whatever the tree holds.
 */
@NullMarked
package io.platform.git.source;

import org.jspecify.annotations.NullMarked;
