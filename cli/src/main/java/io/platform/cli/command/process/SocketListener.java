package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.ProcessConnection;
import java.io.IOException;
import java.net.Socket;

/** Passes what comes from a process's port on to a connection of this machine. */
record SocketListener(Socket socket) implements ProcessConnection.Listener {
  @Override
  public void started(JsonNode what) {
    // the connection says so itself
  }

  @Override
  public void output(byte[] data, int offset, int length) throws IOException {
    socket.getOutputStream().write(data, offset, length);
  }

  @Override
  public void errors(byte[] data, int offset, int length) {
    // a connection has no errors
  }
}
