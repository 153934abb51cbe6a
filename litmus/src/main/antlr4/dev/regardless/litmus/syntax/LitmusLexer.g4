// Tokens of herd's .litmus files. The text of a test has four parts that share few rules, hence one lexer mode each:
// title line, metadata lines, initial state in braces, and the columns of code that end where the condition begins.
lexer grammar LitmusLexer;

tokens {
  LBRACE, RBRACE, SEMICOLON, EXISTS, NOT_EXISTS, FORALL, FINAL, FILTER, LOCATIONS, NUMBER, PROCESSOR, NAME
}

fragment BLANK : [ \t\r] ;
fragment DIGIT : [0-9] ;
fragment LETTER : [A-Za-z] ;
fragment WORD_REST : [A-Za-z0-9_/.\-] ;
fragment DECIMAL : '-'? DIGIT+ ;
fragment HEXADECIMAL : '0' [xX] [0-9a-fA-F]+ ;

// ---- title: the architecture ----
ARCHITECTURE : [A-Za-z0-9_]+ -> mode(TITLE) ;
BEFORE_TITLE_COMMENT : '(*' -> skip, pushMode(COMMENT) ;
BEFORE_TITLE_SPACE : [ \t\r\n\uFEFF]+ -> skip ;

mode TITLE;
TEST_NAME : [A-Za-z0-9_/.\-+[\]:]+ -> mode(METADATA) ;
TITLE_SPACE : BLANK+ -> skip ;

// ---- metadata: documentation, Key=value lines, anything else up to the brace is ignored as herd does ----
mode METADATA;
ENTRY : LETTER WORD_REST* BLANK* '=' ~[\r\n]* ;
DOCUMENTATION : '"' ~'"'* '"' ;
METADATA_COMMENT : '(*' -> skip, pushMode(COMMENT) ;
METADATA_SPACE : [ \t\r\n]+ -> skip ;
METADATA_OTHER : (~[ \t\r\n{("] ~[\r\n{("]* | '(' | '"') -> skip ;
METADATA_END : '{' -> type(LBRACE), mode(CODE), pushMode(INITIAL) ;

// ---- initial state ----
mode INITIAL;
INITIAL_SPACE : [ \t\r\n]+ -> skip ;
INITIAL_COMMENT : '(*' -> skip, pushMode(COMMENT) ;
INITIAL_LINE_COMMENT : '//' ~[\r\n]* -> skip ;
INITIAL_OPEN : '{' -> type(LBRACE), pushMode(INITIAL) ;
INITIAL_CLOSE : '}' -> type(RBRACE), popMode ;
ATOMIC : '_Atomic' ;
ATOMIC_INIT : 'ATOMIC_INIT' ;
INSTRUCTION : 'instr:"' ~'"'+ '"' ;
CODE_LABEL : 'label:"' ~'"'+ '"' ;
QUOTED_VALUE : '`' ~'`'+ '`' ;
NO_OPERATION : 'NOP' | 'nop' ;
INITIAL_NUMBER : (DECIMAL | HEXADECIMAL) -> type(NUMBER) ;
INITIAL_PROCESSOR : 'P' DIGIT+ -> type(PROCESSOR) ;
INITIAL_SEMICOLON : ';' -> type(SEMICOLON) ;
AMPERSAND : '&' ;
COLON : ':' ;
COMMA : ',' ;
PLUS : '+' ;
STAR : '*' ;
EQUAL : '=' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LPAREN : '(' ;
RPAREN : ')' ;
SYMBOLIC_REGISTER : '%' [A-Za-z_.$]+ [A-Za-z0-9_/.\-]* ;
DOLLAR_NAME : '$' (DIGIT+ | LETTER+) ;
INITIAL_NAME : [A-Za-z_.$]+ [A-Za-z0-9_/.\-]* -> type(NAME) ;

// ---- code ----
mode CODE;
CODE_SPACE : [ \t\r\n]+ -> skip ;
CODE_COMMENT : '(*' -> skip, pushMode(COMMENT) ;
CODE_LINE_COMMENT : '//' ~[\r\n]* -> skip ;
CODE_EXISTS : 'exists' -> type(EXISTS), mode(CONDITION) ;
CODE_NOT_EXISTS : ('~' BLANK* | 'not' [ \t\r\n]+) 'exists' -> type(NOT_EXISTS), mode(CONDITION) ;
CODE_FORALL : 'forall' -> type(FORALL), mode(CONDITION) ;
CODE_FINAL : 'final' -> type(FINAL), mode(CONDITION) ;
CODE_FILTER : 'filter' -> type(FILTER), mode(CONDITION) ;
CODE_LOCATIONS : 'locations' -> type(LOCATIONS), mode(CONDITION) ;
CODE_PROCESSOR : 'P' DIGIT+ -> type(PROCESSOR) ;
BAR : '|' ;
CODE_SEMICOLON : ';' -> type(SEMICOLON) ;
CODE_COLON : ':' -> type(COLON) ;
CODE_STRING : '"' ~'"'* '"' ;
WORD : '.'? [A-Za-z_] WORD_REST* ;
SYMBOL : ~[|;: \t\r\n"] ;

// ---- condition ----
mode CONDITION;
CONDITION_SPACE : [ \t\r\n]+ -> skip ;
CONDITION_COMMENT : '(*' -> skip, pushMode(COMMENT) ;
CONDITION_LINE_COMMENT : '//' ~[\r\n]* -> skip ;
TRAILER : '<<' .*? EOF -> skip ;
CONDITION_EXISTS : 'exists' -> type(EXISTS) ;
CONDITION_NOT_EXISTS : ('~' | 'not') [ \t\r\n]* 'exists' -> type(NOT_EXISTS) ;
CONDITION_FORALL : 'forall' -> type(FORALL) ;
CONDITION_FINAL : 'final' -> type(FINAL) ;
CONDITION_FILTER : 'filter' -> type(FILTER) ;
CONDITION_LOCATIONS : 'locations' -> type(LOCATIONS) ;
WITH : 'with' ;
TRUE : 'true' ;
FALSE : 'false' ;
NOT : '~' | 'not' ;
AND : '/\\' ;
OR : '\\/' ;
IMPLIES : '=>' ;
NOT_EQUAL : '!=' | '<>' ;
CONDITION_EQUAL : ('=' | '==') -> type(EQUAL) ;
CONDITION_INSTRUCTION : 'instr:"' ~'"'+ '"' -> type(INSTRUCTION) ;
CONDITION_CODE_LABEL : 'label:"' ~'"'+ '"' -> type(CODE_LABEL) ;
CONDITION_QUOTED_VALUE : '`' ~'`'+ '`' -> type(QUOTED_VALUE) ;
CONDITION_NO_OPERATION : ('NOP' | 'nop') -> type(NO_OPERATION) ;
FAULT : 'fault' | 'Fault' ;
CONDITION_NUMBER : (DECIMAL | HEXADECIMAL) -> type(NUMBER) ;
CONDITION_PROCESSOR : 'P' DIGIT+ -> type(PROCESSOR) ;
CONDITION_SEMICOLON : ';' -> type(SEMICOLON) ;
CONDITION_AMPERSAND : '&' -> type(AMPERSAND) ;
CONDITION_COLON : ':' -> type(COLON) ;
CONDITION_COMMA : ',' -> type(COMMA) ;
CONDITION_PLUS : '+' -> type(PLUS) ;
CONDITION_STAR : '*' -> type(STAR) ;
CONDITION_LBRACKET : '[' -> type(LBRACKET) ;
CONDITION_RBRACKET : ']' -> type(RBRACKET) ;
CONDITION_LBRACE : '{' -> type(LBRACE) ;
CONDITION_RBRACE : '}' -> type(RBRACE) ;
CONDITION_LPAREN : '(' -> type(LPAREN) ;
CONDITION_RPAREN : ')' -> type(RPAREN) ;
CONDITION_SYMBOLIC_REGISTER : '%' [A-Za-z_.$]+ [A-Za-z0-9_/.\-]* -> type(SYMBOLIC_REGISTER) ;
CONDITION_DOLLAR_NAME : '$' (DIGIT+ | LETTER+) -> type(DOLLAR_NAME) ;
CONDITION_NAME : [A-Za-z_.$]+ [A-Za-z0-9_/.\-]* -> type(NAME) ;

// ---- comments nest; a mode stack, not recursion, so that depth costs no stack ----
mode COMMENT;
COMMENT_OPEN : '(*' -> skip, pushMode(COMMENT) ;
COMMENT_CLOSE : '*)' -> skip, popMode ;
COMMENT_TEXT : . -> skip ;
