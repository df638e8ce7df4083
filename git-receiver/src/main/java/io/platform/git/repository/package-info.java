/** The git repositories: quarantine, pins, refs and garbage collection. */
@NullMarked
package io.platform.git.repository;

import org.jspecify.annotations.NullMarked;
