mod insecure;
pub(crate) mod patterns;
mod product;
