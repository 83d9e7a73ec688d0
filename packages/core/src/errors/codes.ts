/**
 * Every error code of every package, with what it means. Codes are stable and never reused.
 * `docs/errors.md` is made from this table.
 */
export const ERROR_CODES = {
  // Values and options
  E_PARAM_RANGE: 'A parameter or option is outside what it accepts.',
  E_OPTIONS_INVALID: 'The options of a strategy or plugin do not pass its validator.',
  E_DATE_INVALID: 'A date is not a calendar day written YYYY-MM-DD.',
  E_PRICE_INVALID: 'A price is not a positive finite number.',

  // Bars and series
  E_BARS_UNSORTED: 'Bars are not in ascending order of their trade dates.',
  E_BARS_DUPLICATE: 'Two bars of one stock carry the same trade date.',
  E_BARS_SHAPE: 'The columns of a series differ in length, or a required one is absent.',
  E_BARS_VALUE: 'A bar holds a value that no market can print: negative, infinite or not a number.',

  // Strategies and columns
  E_STRATEGY_POINTS: 'The points of the criteria do not sum to the maximum of the strategy.',
  E_STRATEGY_DUPLICATE_ID: 'Two criteria, groups or strategies share one id.',
  E_STRATEGY_ID: 'An id is not a stable machine string (lower case, digits, dots and hyphens).',
  E_STRATEGY_API_VERSION: 'A plugin was written for a contract version that is not supported.',
  E_STRATEGY_GRADES: 'Grades are not in descending order of distinct thresholds.',
  E_STRATEGY_LOOKBACK: 'The inputs need more bars than the lookback that the strategy declares.',
  E_STRATEGY_UNKNOWN: 'No strategy has this id.',
  E_STRATEGY_MODULE: 'The module of a strategy cannot be imported, or exports no such factory.',
  E_THREAD_FAILED: 'A thread that scored a history ended or failed.',
  E_INPUT_INVALID: 'A declared input is not a column, or its name is not a plain identifier.',
  E_INPUT_UNDECLARED: 'A criterion read an input that it did not declare.',
  E_INPUT_UNBOUNDED: 'A criterion reads a recursive column, whose value depends on all history.',
  E_INPUT_CROSS_SECTION:
    'A cross-section is nested in another column, where it cannot be computed.',
  E_CRITERION_POINTS: 'A criterion returned points that are not within its bounds.',

  // Ticks: given as results of a live scorer, thrown only by peek
  E_TICK_UNKNOWN_STOCK: 'A tick is of a stock that the market does not hold.',
  E_TICK_VALUE: 'A tick has a price that is not above 0, or an amount below 0.',
  E_TICK_BEYOND_LIMIT: "A tick's price is beyond the price limits of the day.",
  E_TICK_NO_SESSION: 'A tick is dated on a day without a session.',
  E_TICK_OUT_OF_ORDER: 'A later tick of the stock was taken before, or its volume shrank.',
  E_TICK_DUPLICATE: 'The same tick was taken already.',

  // Markets, dates and stocks
  E_STOCK_UNKNOWN: 'No stock has this ticker.',
  E_STOCK_DUPLICATE: 'A market holds one ticker twice.',
  E_SESSION_NONE: 'The market was closed on this date, or the data do not reach it.',
  E_MARKET_NEEDED: 'A strategy about the whole market was asked about one series.',

  // Engine
  E_ENGINE_EMPTY: 'The store holds no bars yet, so there is nothing to scan or score.',
  E_ENGINE_DUPLICATE: 'An engine was given two strategies with one id.',

  // Command line
  E_CLI_USAGE: 'The command line is wrong: an unknown command, option, or value of an option.',
  E_CLI_NOT_BUILT: 'The command line was called before the packages were built.',
  E_CLI_INTERNAL: 'The program broke one of its own rules; please report it.',

  // Import of files
  E_IMPORT_FILE: 'A file or folder of an import is absent, unreadable or ambiguous.',
  E_IMPORT_EMPTY: 'A file of an import has no content, no rows, or no row that can be kept.',
  E_IMPORT_COMPRESSION: 'A compressed file of an import is cut off or damaged.',
  E_IMPORT_ENCODING: 'A file of an import is not UTF-8.',
  E_IMPORT_COLUMN: 'The header of a file lacks a column, or names one twice.',
  E_IMPORT_ROW: 'A line of a file has too few or too many fields, or a stray quote.',
  E_IMPORT_VALUE: 'A field of a file holds a value that its column does not accept.',
  E_IMPORT_CONFLICT: 'Two lines of a file say different things of one ticker and date.',

  // Stores
  E_STORE_LOCKED: 'Another process has the folder of an embedded store open.',
  E_STORE_CLOSED: 'The store was used after it was closed.',
  E_STORE_SCHEMA_NEWER: 'The stored tables were made by a newer version than this one.',
  E_STORE_MIGRATION: 'A migration failed; nothing of it was kept.',
  E_STORE_CONNECTION: 'The database does not answer, or the connection was lost.',
  E_STORE_POOL_EXHAUSTED: 'No connection to the database became free in time.',
  E_STORE_DISK: 'The disk of the store is full, read-only or failing.',
  E_STORE_CORRUPT: 'Stored data cannot be read; restore a copy.',
  E_STORE_CONFLICT: 'A row with the same key is there already.',
  E_STORE_NOT_FOUND: 'The store has no row with this key.',
  E_STORE_QUERY: 'The database refused a statement.',

  // Broker
  E_BROKER_SETTINGS: 'A setting of the broker is missing or wrong, such as a key or an address.',
  E_BROKER_CREDENTIALS: 'The broker refused the keys, or they belong to its other environment.',
  E_BROKER_TOKEN: 'The broker refused an access token, and a fresh one as well.',
  E_BROKER_RATE_LIMIT: 'The broker refused requests as too many, more often than was waited for.',
  E_BROKER_REQUEST: 'The broker refused a request as malformed or not served at its address.',
  E_BROKER_NOT_FOUND: 'The broker knows no such stock, or not on this exchange.',
  E_BROKER_REFUSED: 'The broker does not offer this, in this environment or to this customer.',
  E_BROKER_UNAVAILABLE: 'The broker does not answer, or says that it failed.',
  E_BROKER_PAYLOAD: 'An answer of the broker is not what it documents: no JSON, or another shape.',
  E_BROKER_PAGING: 'The pages of an answer run in a circle or do not end.',
  E_BROKER_SOCKET: 'The live connection to the broker failed, or it refused a subscription.',
  E_BROKER_CLOSED: 'A source was used after it was closed, or a request was given up.',
  E_SYNC_INCOMPLETE: 'Some stocks could not be brought from the broker; the others are stored.',

  // Service
  E_INTERNAL: 'The service broke one of its own rules; its log tells more under the request id.',
  E_REQUEST_INVALID:
    'A part of a request is not what its route accepts; the details name each field.',
  E_REQUEST_TIMEOUT: 'A request was not answered within its time.',
  E_ROUTE_UNKNOWN: 'Nothing is served at this path.',
  E_METHOD_NOT_ALLOWED:
    'The path exists, but not for this method; the Allow header lists the others.',
  E_BODY_TOO_LARGE: 'The body of a request is larger than the service accepts.',
  E_MEDIA_TYPE: 'The body of a request is not JSON.',
  E_RATE_LIMIT: 'More requests came than are allowed; Retry-After says when to go on.',
  E_KEY_MISSING: 'The request needs a key and has none.',
  E_KEY_INVALID: 'The key of a request is unknown, expired or revoked.',
  E_KEY_SCOPE: 'The key of a request does not reach as far as its route.',
  E_HOST_REFUSED: 'The Host header names none of the names under which the service is known.',
  E_ORIGIN_REFUSED: 'A page of an origin that is not allowed asked for something that changes.',
  E_SERVER_EXPOSED: 'The service was to listen beyond this machine without an active key.',
  E_SERVER_PORT: 'The port that the service was to listen on is taken or not allowed.',
  E_SERVER_SETTINGS: 'A setting of the service is not what it accepts.',
  E_SERVICE_ABSENT: 'The service that would answer is not part of this version.',
  E_ANALYSIS_NONE: 'The news of this stock were not analysed yet.',
  E_JOB_UNKNOWN: 'No job has this id, or no handler has this name.',
  E_JOB_RUNNING: 'The same work is running already; `details.job_id` names it.',
  E_JOB_CUT_SHORT: 'The process ended while a job ran that is not taken up again.',
  E_SERVER_CLOSING: 'The service is stopping and takes no new work.',
  E_UPSTREAM_TIMEOUT: 'A service behind the gateway did not answer in time.',
  E_UPSTREAM_UNAVAILABLE: 'A service behind the gateway cannot be reached.',
  E_UPSTREAM_OPEN: 'A service behind the gateway failed often and is left alone for a while.',

  // Sockets of the service
  E_TOPIC_UNKNOWN: 'No topic has this name, or it is about a stock or strategy that is not known.',
  E_TOPIC_LIMIT: 'A client of the socket asked to read more topics than one may.',
  E_TOPIC_SNAPSHOT: 'What a topic is now could not be told; its changes follow all the same.',
  E_SOCKET_MESSAGE:
    'A message of a client is not text, not JSON, or not one that the socket takes.',
  E_UPGRADE_NEEDED: 'A path that speaks WebSocket was asked in plain HTTP.',

  // Page
  E_PAGE_OFFLINE: 'The page gets no answer from the service.',
  E_PAGE_ANSWER:
    'The page got an answer that is none of this service, as from a proxy between them.',
  E_PAGE_KEY: 'The service wants a key, and none was given to the page.',
  E_PAGE_INTERNAL: 'The page broke one of its own rules.',
} as const

/** A stable error code. */
export type ErrorCode = keyof typeof ERROR_CODES
