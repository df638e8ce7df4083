/** The git repositories: quarantine, promotion, pins, refs, sweeping. */
@NullMarked
package io.platform.receiver.repo;

import org.jspecify.annotations.NullMarked;
