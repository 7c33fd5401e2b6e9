/// What `eval`, `where` and `eval(...)` within an aggregate compute for one row.
///
/// A value is null, a text, a number, a truth value or several values. Arithmetic on what is no
/// number is null; null makes a comparison null, which `where` and `if` take as false.
package indirect enum Expression: Equatable, Sendable {
  case literal(Literal)
  /// The value of a field, null where the row has none.
  case field(FieldName)
  /// `-x`; null for what is no number.
  case negative(Expression)
  /// `+ - * / %`. `+` joins two texts when neither side is a number; division by 0 is null.
  case arithmetic(Expression, Arithmetic, Expression)
  /// `a . b`: both as text; null when either is.
  case concatenation(Expression, Expression)
  /// With case, as numbers when both sides are numbers, else by bytes. A comparison with several
  /// values holds when any of them does.
  case compare(Expression, Comparison, Expression)
  /// `x LIKE "a%_"`, the same as `like(x, "a%_")`: `%` any text, `_` one character, with case.
  case like(Expression, Expression)
  /// `x IN (a, b)`, the same as `in(x, a, b)`: equal to one of them; `*` is no wildcard.
  case within(Expression, [Expression])
  case not(Expression)
  /// Two or more, none of them an `and` itself.
  case and([Expression])
  /// Two or more, none of them an `or` itself.
  case or([Expression])
  /// `a XOR b`: just one of them holds.
  case exclusiveOr(Expression, Expression)
  /// `if(condition, then, else)`: a null condition is false.
  case conditional(Expression, then: Expression, else: Expression)
  /// `case(a, x, b, y)`: the value of the first branch whose condition holds, else null.
  case cases([Branch])
  /// `validate(a, x, b, y)`: the value of the first branch whose condition does not hold, else null.
  case validate([Branch])
  /// `searchmatch("a=1 b")`: whether the row fulfils conditions of `search`.
  case searchMatch(Predicate)
  /// `mvmap(field, body)`: `body` computed for each value of the field, which stands for that value
  /// in it; nulls are left out.
  case multivalueMap(FieldName, Expression)
  /// `mvfilter(condition)`: the values of the one field that the condition reads for which it holds.
  case multivalueFilter(FieldName, Expression)
  /// With as many arguments as the function takes.
  case call(EvalFunction, [Expression])

  /// A condition and its value, in `case` and `validate`.
  package struct Branch: Equatable, Sendable {
    package var condition: Expression
    package var value: Expression

    package init(_ condition: Expression, _ value: Expression) {
      self.condition = condition
      self.value = value
    }
  }
}

/// A value written in an expression.
package enum Literal: Equatable, Sendable {
  case text(String)
  /// Finite and not negative.
  case number(Double)
  /// `true()`, `false()`.
  case truth(Bool)
  /// `null()`.
  case null
}

package enum Arithmetic: String, CaseIterable, Equatable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

/// `field = value` of an `eval`; later ones of the same command see the earlier.
package struct Assignment: Equatable, Sendable {
  /// Assigning null takes the field away.
  package var field: FieldName
  package var value: Expression

  package init(_ field: FieldName, _ value: Expression) {
    self.field = field
    self.value = value
  }
}
