// Structure of herd's .litmus files. Instructions stay text: the instruction set of the test's architecture reads them.
parser grammar LitmusParser;

options { tokenVocab = LitmusLexer; }

test
  : ARCHITECTURE TEST_NAME metadata* LBRACE initialState RBRACE program condition EOF
  ;

metadata
  : DOCUMENTATION
  | ENTRY
  ;

// ---- initial state ----

initialState
  : binding? (SEMICOLON binding?)*
  ;

binding
  : ATOMIC? type? STAR? place size? (EQUAL initialValue)?
  ;

type
  : NAME
  ;

place
  : register
  | NAME
  | LBRACKET NAME RBRACKET
  ;

register
  : thread COLON registerName
  | SYMBOLIC_REGISTER
  ;

thread
  : NUMBER
  | PROCESSOR
  ;

registerName
  : NAME
  | DOLLAR_NAME
  | SYMBOLIC_REGISTER
  ;

size
  : LBRACKET NUMBER RBRACKET
  ;

initialValue
  : value
  | vector
  | ATOMIC_INIT LPAREN value RPAREN
  ;

vector
  : LBRACE value (COMMA value)* RBRACE
  ;

value
  : NUMBER                              # number
  | QUOTED_VALUE                        # number
  | AMPERSAND? NAME size?               # address
  | thread COLON NAME                   # label
  | CODE_LABEL                          # label
  | INSTRUCTION                         # instruction
  | NO_OPERATION                        # instruction
  ;

// ---- code ----

program
  : SEMICOLON? threads row*
  ;

threads
  : threadHeader (BAR threadHeader)* SEMICOLON
  ;

threadHeader
  : PROCESSOR (COLON WORD | WORD)?
  ;

row
  : cell (BAR cell)* SEMICOLON
  ;

cell
  : (codeLabel COLON)* text?
  ;

codeLabel
  : WORD
  | PROCESSOR
  ;

text
  : (WORD | PROCESSOR | SYMBOL | CODE_STRING) (WORD | PROCESSOR | SYMBOL | CODE_STRING | COLON)*
  ;

// ---- condition ----

condition
  : locations? filter? quantified? SEMICOLON? kinds?
  ;

locations
  : LOCATIONS LBRACKET (locationItem (SEMICOLON locationItem?)*)? RBRACKET
  ;

locationItem
  : term NAME? STAR?
  | fault
  ;

filter
  : FILTER proposition
  ;

quantified
  : FORALL proposition
  | EXISTS proposition
  | NOT_EXISTS proposition
  | FINAL proposition
  | LPAREN proposition RPAREN
  ;

kinds
  : WITH kind (SEMICOLON kind?)*
  ;

kind
  : NAME COLON (FORALL | EXISTS | NOT_EXISTS)
  ;

// herd's precedences: implication binds tightest, then conjunction, then disjunction
proposition
  : conjunction (OR conjunction)*
  ;

conjunction
  : implication (AND implication)*
  ;

implication
  : negation (IMPLIES implication)?
  ;

negation
  : NOT negation
  | LPAREN proposition RPAREN
  | TRUE
  | FALSE
  | fault
  | atom
  ;

atom
  : term (EQUAL | NOT_EQUAL) operand
  ;

term
  : place size?
  ;

operand
  : vector
  | value
  | STAR (register | NAME)
  | LBRACKET NAME RBRACKET
  | SYMBOLIC_REGISTER
  | thread COLON DOLLAR_NAME
  ;

fault
  : FAULT LPAREN PROCESSOR (COLON NAME)? (COMMA (NAME | COLON)+)* RPAREN
  ;
