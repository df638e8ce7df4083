/** What every HTTP server has: deadlines for requests, plain answers to errors, threads. */
@NullMarked
package io.platform.commons.http;

import org.jspecify.annotations.NullMarked;
