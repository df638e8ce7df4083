/** Tests that need no server: JSON and addresses. */
@NullMarked
package io.platform.cli.client;

import org.jspecify.annotations.NullMarked;
