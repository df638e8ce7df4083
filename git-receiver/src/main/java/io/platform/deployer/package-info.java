/** The deployer: what takes reports and rolls releases out, wired; and its program. */
@NullMarked
package io.platform.deployer;

import org.jspecify.annotations.NullMarked;
