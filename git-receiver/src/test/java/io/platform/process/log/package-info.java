@NullMarked
package io.platform.process.log;

import org.jspecify.annotations.NullMarked;
