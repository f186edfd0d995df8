//! What can be wrong with the shape of a value.

mod attribute;
mod call;
mod value;

pub(super) use attribute::{misplaced_attribute, no_condition};
pub(super) use call::{
    accepted_twice, arguments, empty_default, no_path, unknown_call, unknown_risk, variable,
};
pub(super) use value::{
    duplicate, empty_list, listed_for_credentials, missing_origins, no_entry, pattern_in_assertion,
    wrong_shape,
};
