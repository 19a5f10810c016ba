package dev.stravinsky.spi;

/** Carries notifications to people: a mail, a chat, a pager. Its failures change nothing. */
public interface Notifier {
  String id();

  void send(Notification notification, Cancellation cancellation) throws Exception;
}
