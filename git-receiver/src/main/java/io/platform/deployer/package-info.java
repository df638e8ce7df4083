/**
 * Composes the deployer, which takes builders' reports and rolls releases out, and has its main.
 */
@NullMarked
package io.platform.deployer;

import org.jspecify.annotations.NullMarked;
