package dev.freezeframe.operator.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plain HTTP endpoint in the place of AWS, which refuses in the protocol of each service: the
 * forms are those of the protocols' specifications (Smithy) and of EC2's reference on errors.
 */
final class HttpAws implements AutoCloseable {
  static final String ACCOUNT = "111122223333";
  private static final String CALLER = "arn:aws:sts::%s:assumed-role/reader/me".formatted(ACCOUNT);
  private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private final HttpServer server;
  private final Set<String> services = new TreeSet<>();
  private final String template;

  /**
   * Starts.
   *
   * @param template of the stack; empty: CloudFormation refuses as well
   */
  HttpAws(String template) {
    this.template = template;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Which services were asked. */
  Set<String> services() {
    return services;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Matcher scope =
        SCOPE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String service = scope.find() ? scope.group(1) : "nobody";
    services.add(service);
    Matcher action = ACTION.matcher(body);
    switch (service) {
      case "sts" -> send(exchange, 200, "text/xml", IDENTITY);
      case "cloudformation" -> {
        if (template.isEmpty()) {
          send(exchange, 403, "text/xml", query("AccessDenied"));
        } else {
          send(exchange, 200, "text/xml", stack(action.find() ? action.group(1) : ""));
        }
      }
      case "ec2" -> send(exchange, 403, "text/xml", EC2);
      case "sns" -> send(exchange, 403, "text/xml", query("AuthorizationError"));
      case "monitoring" -> send(exchange, 403, "text/xml", query("AccessDenied"));
      case "lambda", "scheduler" -> {
        exchange.getResponseHeaders().add("x-amzn-ErrorType", "AccessDeniedException");
        send(exchange, 403, "application/json", "{\"Message\":\"not authorized\"}");
      }
      default ->
          send(
              exchange,
              400,
              "application/x-amz-json-1.1",
              "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\","
                  + "\"Message\":\"User: %s is not authorized\"}".formatted(CALLER));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>%s</Arn><UserId>AROA:me</UserId><Account>%s</Account>
        </GetCallerIdentityResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </GetCallerIdentityResponse>
      """
          .formatted(CALLER, ACCOUNT);

  private static final String EC2 =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Response><Errors><Error><Code>UnauthorizedOperation</Code>
      <Message>You are not authorized to perform this operation.</Message></Error></Errors>
      <RequestID>1</RequestID></Response>
      """;

  private static String query(String code) {
    return """
    <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code>
    <Message>User: %s is not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>
    """
        .formatted(code, CALLER);
  }

  private String stack(String action) {
    return switch (action) {
      case "DescribeStacks" ->
          """
          <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
          <StackName>freezeframe</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
          <CreationTime>2026-11-22T00:00:00Z</CreationTime>
          </member></Stacks></DescribeStacksResult></DescribeStacksResponse>
          """;
      case "GetTemplate" ->
          "<GetTemplateResponse><GetTemplateResult><TemplateBody>%s</TemplateBody></GetTemplateResult></GetTemplateResponse>"
              .formatted(template);
      default ->
          "<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>%s</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>"
              .formatted(
                  Pattern.compile("\"(\\w+)\":\\{\"Type\":\"([\\w:]+)\"")
                      .matcher(template)
                      .results()
                      .map(
                          resource ->
                              "<member><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId><ResourceType>%s</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>"
                                  .formatted(
                                      resource.group(1),
                                      physicalId(resource.group(1), resource.group(2)),
                                      resource.group(2)))
                      .reduce("", String::concat));
    };
  }

  private static String physicalId(String logicalId, String type) {
    return switch (type) {
      case "AWS::SQS::Queue" -> "https://sqs.eu-central-1.amazonaws.com/111122223333/" + logicalId;
      case "AWS::Lambda::Alias" ->
          "arn:aws:lambda:eu-central-1:111122223333:function:%s:live".formatted(logicalId);
      case "AWS::StepFunctions::StateMachine" ->
          "arn:aws:states:eu-central-1:111122223333:stateMachine:" + logicalId;
      case "AWS::SNS::Topic" -> "arn:aws:sns:eu-central-1:111122223333:" + logicalId;
      default -> logicalId;
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
